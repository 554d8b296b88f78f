import 'modern-normalize/modern-normalize.css';
import './style.css';
import { readPosts } from './posts.js';
import { renderPost } from './render.js';

const main = document.querySelector('#posts');
main?.append(...readPosts().map(renderPost));
