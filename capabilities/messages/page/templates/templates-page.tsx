import './templates.css';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../../../../dashboard/src/alerts/error-alert.tsx';
import { EmptyState } from '../../../../dashboard/src/components/empty-state.tsx';
import { Expandable } from '../../../../dashboard/src/components/expandable.tsx';
import { PageLoading } from '../../../../dashboard/src/components/page-loading.tsx';
import { usePageTitle } from '../../../../dashboard/src/screen/page-title.ts';
import {
  useHasMessages,
  useMessageChannels,
  useMessageLanguage,
} from '../../../../dashboard/src/session/configuration-context.tsx';
import { templateText } from '../wording/message-templates.ts';
import { EmailPreview } from './email-preview.tsx';
import { type MessagePreview, type MessagePreviews, previewsQuery } from './previews.ts';
import { SmsPreview } from './sms-preview.tsx';

const KNOWN = [
  { value: 'everything', label: 'All details known' },
  { value: 'little', label: 'Only IDs known' },
] as const;

/** Every patient message, as a sample patient would get it. */
export default function TemplatesPage() {
  usePageTitle('Message templates');
  const { data, error, refetch } = useQuery({ ...previewsQuery, enabled: useHasMessages() });
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description="Messages as patients get them, shown for a sample patient. The texts are in your deployment’s files."
      >
        Message templates
      </Header>
      <Content data={data} error={error} retry={() => void refetch()} />
    </SpaceBetween>
  );
}

interface ContentProps {
  readonly data: MessagePreviews | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

function Content({ data, error, retry }: ContentProps) {
  if (!useHasMessages())
    return <EmptyState header="Messages are switched off">Patients get no messages.</EmptyState>;
  if (data) return <Previews {...data} />;
  return error ? <ErrorAlert error={error} what="the message templates" retry={retry} /> : <PageLoading />;
}

function Previews({ languages, messages }: MessagePreviews) {
  const [params, setParams] = useSearchParams();
  const configured = useMessageLanguage();
  const tag = languages.find((one) => one.tag === params.get('language'))?.tag ?? configured;
  const known = KNOWN.find(({ value }) => value === params.get('known')) ?? KNOWN[0];
  const options = languages.map(({ tag, name }) => ({ value: tag, label: name }));
  const set = (name: string, value: string | undefined) =>
    setParams((now) => ({ ...Object.fromEntries(now), [name]: value ?? '' }));
  return (
    <>
      <div className="template-choices">
        <Select
          inlineLabelText="Language"
          options={options}
          selectedOption={options.find(({ value }) => value === tag) ?? null}
          onChange={({ detail }) => set('language', detail.selectedOption.value)}
        />
        <Select
          inlineLabelText="Patient"
          options={KNOWN}
          selectedOption={known}
          onChange={({ detail }) => set('known', detail.selectedOption.value)}
        />
      </div>
      {messages
        .filter((message) => message.language === tag && message.known === known.value)
        .map((message) => (
          <TemplatePreview key={message.template} message={message} />
        ))}
    </>
  );
}

function TemplatePreview({ message: { template, sms, email } }: { message: MessagePreview }) {
  const channels = useMessageChannels();
  const name = templateText(template);
  return (
    <Container header={<Header variant="h2">{name}</Header>}>
      <div className="template-preview">
        {channels.includes('sms') && (
          <section aria-label={`${name}: SMS`}>
            <SmsPreview sms={sms} />
          </section>
        )}
        {channels.includes('email') && (
          <section aria-label={`${name}: Email`}>
            <EmailPreview email={email} />
            <Expandable summary="Plain text">
              <pre className="email-text">{email.text}</pre>
            </Expandable>
          </section>
        )}
      </div>
    </Container>
  );
}
