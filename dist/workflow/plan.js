process.argv[2] = 'workflow';
process.argv[3] = 'plan';
await import('../main/index.js');
