process.argv[2] = 'workflow';
process.argv[3] = 'merge';
await import('../main/index.js');
