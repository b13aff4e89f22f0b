import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { changeErrorText } from '../alerts/change-error.ts';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { useDraft } from '../session/use-draft.ts';
import { clockTime } from '../time/clock-time.ts';
import { useNow } from '../time/use-now.ts';
import { CONTACTS } from '../wording/handling.ts';
import './handling.css';
import type { Owned } from './assignments.ts';
import { followUpOf, NextField, whyNotNext } from './next-field.tsx';
import { MAX_NAME_LENGTH, OwnerField } from './owner-field.tsx';
import { MAX_TEXT_LENGTH, useLogContact } from './use-log-contact.ts';

export interface HandlingFormProps {
  readonly of: Owned;
  /** A contact says what happened, and a note only what was written. */
  readonly kind: 'contact' | 'note';
  /** Why there can be no follow-up; null if there can. */
  readonly noFollowUp: string | null;
  /** Called when it is saved. `next`: the person wants to go on with the next one. */
  readonly onDone: (next: boolean) => void;
  readonly onCancel: () => void;
  /** Whether there is a next one. */
  readonly hasNext?: boolean;
}

const TITLES = { contact: 'Log a contact', note: 'Add a note' } as const;
const TYPING = 'textarea, input[type="text"], input[type="datetime-local"], input[aria-autocomplete]';

/** Logs a contact or a note, plans the next one and says who does it. What was entered stays until it is saved or cancelled. */
export function HandlingForm({ of, kind, noFollowUp, onDone, onCancel, hasNext = false }: HandlingFormProps) {
  const fields = useFields(of, kind);
  const { text, happened, next, time, owner } = fields;
  const now = useNow();
  const typed = text.value.trim();
  const contact = kind === 'note' ? 'note' : (CONTACTS.find(({ id }) => id === happened.value)?.id ?? null);
  const plan = { next: next.value, time: time.value };
  const checks = [
    usePatientDataCheck(typed),
    usePatientDataCheck(owner.changed ? owner.value.trim() : '', ['email address']),
  ];
  const { save, isPending, error, changed } = useLogContact(of);
  const why = whyNot(contact, typed, owner.value) ?? (noFollowUp === null ? whyNotNext(plan, now) : null);
  const close = () => {
    for (const { reset } of Object.values(fields)) reset();
  };
  const submit = (goOn: boolean) => {
    if (why !== null || contact === null || isPending || !checks.every((check) => check.passes())) return;
    const assignee = owner.changed ? owner.value.trim() || null : undefined;
    const followUpAt = noFollowUp === null ? followUpOf(plan) : undefined;
    save({ kind: contact, text: typed || null, assignee, followUpAt }, () => {
      close();
      onDone(goOn);
    });
  };
  const form = useRef<HTMLFieldSetElement>(null);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(hasNext);
    const isTyping = event.target instanceof HTMLElement && event.target.matches(TYPING);
    const chosen = kind === 'note' || isTyping ? undefined : CONTACTS[Number(event.key) - 1];
    if (chosen && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      happened.set(chosen.id);
      // Tab goes on from there.
      form.current?.querySelector<HTMLElement>(`input[value="${chosen.id}"]`)?.focus();
    }
  };
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  const button = {
    disabled: why !== null,
    ...(why !== null && { disabledReason: why }),
    loading: isPending,
    loadingText: 'Saving',
  };
  const anyway = checks.some(({ asked }) => asked) ? ' anyway' : '';
  return (
    <fieldset ref={form} className="handling-form" aria-label={TITLES[kind]} onKeyDown={press}>
      <SpaceBetween size="s">
        {kind === 'contact' && <WhatHappened chosen={contact} choose={happened.set} />}
        <FormField
          label={kind === 'note' ? 'Note' : 'Note (optional)'}
          constraintText="Everyone on the team can read it. Don’t include patient information."
          errorText={typed.length > MAX_TEXT_LENGTH && 'The note is too long.'}
          stretch
        >
          <Textarea value={text.value} onChange={({ detail }) => text.set(detail.value)} rows={2} />
        </FormField>
        {noFollowUp === null ? (
          <NextField
            {...plan}
            keeps={fieldsKeep(of, now)}
            onChange={(chosen, at) => {
              next.set(chosen);
              time.set(at);
            }}
          />
        ) : (
          <div className="aside">{noFollowUp}</div>
        )}
        <OwnerField value={owner.value} onChange={owner.set} removable={Boolean(of.assignment)} />
        {checks.map(({ warning }) => warning)}
        {changed && (
          <Alert type="warning" header="It changed while you typed">
            {changed} Saving replaces that.
          </Alert>
        )}
        {error && (
          <Alert type="error" header="Not saved">
            {changeErrorText(error)} What you entered is still here.
          </Alert>
        )}
        <SpaceBetween direction="horizontal" size="xs">
          {hasNext && (
            <Button variant="primary" {...button} onClick={() => submit(true)}>
              {`Save${anyway} and open the next`}
            </Button>
          )}
          <Button variant={hasNext ? 'normal' : 'primary'} {...button} onClick={() => submit(false)}>
            {`Save${anyway}`}
          </Button>
          <Button
            variant="link"
            onClick={() => {
              close();
              onCancel();
            }}
          >
            Cancel
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </fieldset>
  );
}

interface WhatHappenedProps {
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}

function WhatHappened({ chosen, choose }: WhatHappenedProps) {
  return (
    <FormField label="What happened" description="Keys 1 to 6 choose too.">
      <RadioGroup
        value={chosen}
        items={CONTACTS.map(({ id, text }, at) => ({ value: id, label: `${at + 1}  ${text}` }))}
        onChange={({ detail }) => choose(detail.value)}
      />
    </FormField>
  );
}

function whyNot(contact: string | null, typed: string, owner: string): string | null {
  if (contact === null) return 'Choose what happened.';
  if (contact === 'note' && typed === '') return 'Write the note first.';
  if (typed.length > MAX_TEXT_LENGTH) return 'Shorten the note first.';
  return owner.length > MAX_NAME_LENGTH ? 'Shorten the owner first.' : null;
}

/** A follow-up that is still ahead is kept unless another one is chosen. */
function fieldsKeep({ assignment }: Owned, now: number): string | undefined {
  const at = assignment?.follow_up_at ? Date.parse(assignment.follow_up_at) : Number.NaN;
  return at > now ? `Keep ${clockTime(at, now)}` : undefined;
}

/** What is entered, kept as long as the tab. */
function useFields(of: Owned, kind: string) {
  const { id, assignment } = of;
  const now = useNow();
  return {
    text: useField(`${kind}:${id}`),
    happened: useField(`${kind}-kind:${id}`),
    next: useField(`${kind}-next:${id}`, fieldsKeep(of, now) === undefined ? 'none' : 'keep'),
    time: useField(`${kind}-time:${id}`),
    owner: useField(`owner:${id}`, assignment?.assignee ?? ''),
  };
}

function useField(key: string, first = '') {
  const [value, set] = useDraft(key, first);
  return { value, changed: value !== first, set, reset: () => set(first) };
}
