process.argv[2] = 'workflow';
process.argv[3] = 'login';
await import('../main/index.js');
