process.argv[2] = 'workflow';
process.argv[3] = 'logout';
await import('../main/index.js');
