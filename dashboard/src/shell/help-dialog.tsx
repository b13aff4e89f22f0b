import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { usePreferences } from '../preferences/use-preferences.ts';
import { KEYS } from '../screen/page-keys.ts';

/** The keys of the page, and the switch that turns them off. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const [{ shortcuts = true }, change] = usePreferences();
  return (
    <Modal
      visible
      header="Keyboard shortcuts"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <dl className="keys">
          {Object.values(KEYS).map(({ key, text }) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <Toggle
          checked={shortcuts}
          onChange={({ detail }) => change({ shortcuts: detail.checked })}
          description="Shortcuts are off while you type. To see this list again, open the menu under your name."
        >
          Use these keys
        </Toggle>
      </SpaceBetween>
    </Modal>
  );
}
