import '@cloudscape-design/global-styles/index.css';
import './dashboard.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadConfiguration } from './session/configuration.ts';
import { ConfigurationProvider } from './session/configuration-context.tsx';
import { landingOf } from './session/landing.ts';
import { Session } from './session/session.ts';
import { SessionProvider } from './session/session-context.tsx';
import { applyAppearance } from './shell/appearance.ts';
import { StartupError } from './shell/startup-error.tsx';

const element = document.getElementById('dashboard');
if (!element) throw new Error('the page has no place for the dashboard');
const root = createRoot(element);

applyAppearance();
try {
  const configuration = await loadConfiguration();
  const session = new Session(configuration);
  const continueAt = await session.start();
  const state = session.state();
  if (continueAt !== null)
    history.replaceState(
      null,
      '',
      state.status === 'signed_in' ? landingOf(continueAt, state.person) : continueAt,
    );
  root.render(
    <StrictMode>
      <ConfigurationProvider configuration={configuration}>
        <SessionProvider session={session}>
          <App />
        </SessionProvider>
      </ConfigurationProvider>
    </StrictMode>,
  );
} catch (error) {
  root.render(<StartupError error={error} />);
}
