process.argv[2] = 'workflow';
process.argv[3] = 'leg';
await import('../main/index.js');
