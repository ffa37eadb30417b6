/** The frame of every page. */
import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

export function layout(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a href="/">Elections</a></header>
<main id="main">
${content}
</main>
<footer><p>Counted in the open with Teller. <a href="/reference">Interface for programs</a></p></footer>
</body>
</html>`;
}
