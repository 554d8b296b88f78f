process.argv[2] = 'bake';
await import('../main/index.js');
