// Every test reads the pane in English unless it asks for another language.
import { speakLater } from '../src/later/words';
import { speak } from '../src/words';

await Promise.all([speak('en'), speakLater('en')]);
