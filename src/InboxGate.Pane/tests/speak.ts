// Every test reads the pane in English, whole, unless it asks for something else.
import { fetchParts } from '../src/views/Later';
import { speak } from '../src/words';

await speak('en');
await fetchParts();
