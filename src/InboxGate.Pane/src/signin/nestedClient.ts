import { NestedAppAuthController } from '#msal/controllers/NestedAppAuthController.mjs';
import { NestedAppOperatingContext } from '#msal/operatingcontext/NestedAppOperatingContext.mjs';
import { configuration } from './client';
import type { Client } from './entra';
import type { SignInSettings } from './types';

/** Null where the host does not answer as it should: then this is a page like any other. */
export async function nestedClient(settings: SignInSettings): Promise<Client | null> {
  const context = new NestedAppOperatingContext(configuration(settings, true));
  await context.initialize();
  if (!context.isAvailable()) return null;

  const controller = new NestedAppAuthController(context);
  await controller.initialize();
  return controller;
}
