import dayjs from 'dayjs';
import { marked } from 'marked';

export function renderPost({ day, text }) {
  const article = document.createElement('article');
  article.innerHTML = marked.parse(text);
  const time = document.createElement('time');
  time.dateTime = day;
  time.textContent = dayjs(day).format('D MMMM YYYY');
  article.prepend(time);
  return article;
}
