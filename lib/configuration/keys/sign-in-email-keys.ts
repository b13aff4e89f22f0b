import * as z from 'zod';
import { textOrDeployTime } from '../../setting/setting-formats.ts';

/** The link to the dashboard in the invitation, filled in at synthesis. */
export const DASHBOARD_URL_FIELD = '{dashboard_url}';

/**
 * What Cognito fills in: it refuses an invitation without both.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_MessageTemplateType.html
 */
const NEEDED = ['{username}', '{####}'] as const;
const KNOWN: readonly string[] = [...NEEDED, DASHBOARD_URL_FIELD];

const hasItsFields = (text: string) =>
  NEEDED.every((field) => text.includes(field)) &&
  (text.match(/\{[^{}]*\}/g) ?? []).every((field) => KNOWN.includes(field));

/** The emails of the Cognito user pool: invitations and codes. */
export const signInEmailKeys = {
  signInEmailSender: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that Amazon SES may send from (for example sign-in@example.com)',
    otherwise: 'an address of Cognito',
    means:
      'The address, verified in Amazon SES, that [invitations and codes](#invitations-and-codes) come from. Only with the Cognito user pool.',
  },
  signInEmailIdentity: {
    schema: textOrDeployTime(z.union([z.email(), z.hostname().lowercase().includes('.')])).optional(),
    expected:
      'the identity that you verified in Amazon SES for that address: the address itself or its domain (for example example.com)',
    otherwise: 'the domain of `signInEmailSender`',
    means:
      'The identity that is verified in Amazon SES for `signInEmailSender`: the address itself or a domain above it.',
  },
  invitationSubject: {
    schema: z
      .string()
      .regex(/^[^\r\n{}]{1,140}$/)
      .optional(),
    expected: 'one line of at most 140 characters, without braces',
    otherwise: "Cognito's subject",
    means: 'The subject of the email with the temporary password, one line of at most 140 characters.',
  },
  invitationMessage: {
    schema: z.string().min(6).max(20_000).refine(hasItsFields).optional(),
    expected:
      'a text of at most 20000 characters with {username} and {####}, the temporary password, and if you like {dashboard_url}, and no other field in braces',
    otherwise: "Cognito's text",
    means:
      'The text of the email with the temporary password, as HTML, with `{username}`, `{####}` for the password and, with `dashboardDomain`, `{dashboard_url}`.',
  },
};
