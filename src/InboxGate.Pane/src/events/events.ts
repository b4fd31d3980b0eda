// The scripts that Outlook starts by itself or from its ribbon: one file for the page commands.html and for the
// runtime of classic Outlook, which has no page, no storage and no modules, reads ECMAScript 2016 and, before its
// version 2403, no conditional operator (?:, ?. and ?? included). No async functions either: it would wait forever.
import { callMade } from './callMade';
import { onNewMessageCompose } from './compose';
import { onMessageSend } from './send';

// The names stand in the manifests. Classic Outlook does not run what waits for onReady, so nothing does.
Office.actions.associate('onMessageSend', onMessageSend);
Office.actions.associate('onNewMessageCompose', onNewMessageCompose);
Office.actions.associate('callMade', callMade);
