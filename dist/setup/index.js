process.argv[2] = 'setup';
await import('../main/index.js');
