import Box from '@cloudscape-design/components/box';
import type { EmailParts } from '../../templates/render.ts';

/** An email: how it looks in a mailbox, and its content. */
export function EmailPreview({ email }: { readonly email: EmailParts }) {
  const { subject, preview, brand, heading, paragraphs, button, link, footer, language } = email;
  return (
    <div className="email-preview" lang={language}>
      <div className="email-subject">
        <b>{subject}</b> <span className="aside">{preview}</span>
      </div>
      <div className="email-body">
        <div className="aside">{brand}</div>
        <p>
          <b>{heading}</b>
        </p>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {link !== '' && (
          <p>
            <span className="email-button">{button}</span>
          </p>
        )}
        <Box variant="small">{footer}</Box>
      </div>
    </div>
  );
}
