// Written by `npm run tables` from the settings in configuration-keys.ts and keys/.
import type { ChannelChoice } from '../../capabilities/messages/rules/channels.ts';
import type { ConsentRule } from '../../capabilities/messages/rules/consent-rule.ts';
import type { DataRemoval, IanaTimeZone, IsoDuration, OnOff, TransactionGrants } from './keys/prop-types.ts';

/** The settings of a deployment, each with a default. docs/deploy.md describes them too. */
export interface RedrawTrackerSettings {
  /** Part of every fixed name, so that several stages can exist in one account and region. Each stage has its own resources and data. Default: `prod`. */
  readonly stage?: string | undefined;
  /** An email address that receives alarms, notifications and reviews. Default: none. */
  readonly operatorEmail?: string | undefined;
  /** Up to 40 tags for all resources, in addition to `application` and `redraw-tracker:stage`. Default: none. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** The programs that call the API, with the scopes of each. With `-c`, pass the same object as JSON. Only with the Cognito user pool. Default: `backend` with `transactions/read` and `orders/write`. */
  readonly machineClients?: Readonly<Record<string, string[]>> | undefined;
  /** Your OpenID Connect issuer: an https URL, as in the `iss` claim of its tokens. Needs `oidcAudience`. See Using your own issuer. Default: a Cognito user pool. */
  readonly oidcIssuer?: string | undefined;
  /** The audiences of your issuer's tokens. Needs `oidcIssuer`. Default: none. */
  readonly oidcAudience?: string[] | undefined;
  /** The name of a restored table, which the stack imports and uses from then on instead of creating a new one. Default: a new table. */
  readonly existingTable?: string | undefined;
  /** `union` allows each action of a transaction on all kinds of items that the function writes, `each` only on the kinds of that action. See Permissions of transactions. Default: `union`. */
  readonly transactionGrants?: TransactionGrants | undefined;
  /** First part of the host name of the user pool's token endpoint, unique in the region among all AWS customers. Default: `redraw-tracker-<stage>-<account>`. */
  readonly tokenDomainPrefix?: string | undefined;
  /** Origins of other browser apps that may call the API, such as `https://ops.example.com` or `http://localhost:5173`, or `*` for all. Default: none. */
  readonly corsOrigins?: string[] | undefined;
  /** Lets Cognito block sign-ins with leaked passwords and assess unusual sign-ins. This protects accounts that can see results. This is its Plus plan, paid per person and month. `off` uses the Essentials plan, which does not include this. Default: `on`. */
  readonly signInThreatProtection?: OnOff | undefined;
  /** The address, verified in Amazon SES, that invitations and codes come from. Only with the Cognito user pool. Default: an address of Cognito. */
  readonly signInEmailSender?: string | undefined;
  /** The identity that is verified in Amazon SES for `signInEmailSender`: the address itself or a domain above it. Default: the domain of `signInEmailSender`. */
  readonly signInEmailIdentity?: string | undefined;
  /** The subject of the email with the temporary password, one line of at most 140 characters. Default: Cognito's subject. */
  readonly invitationSubject?: string | undefined;
  /** The text of the email with the temporary password, as HTML, with `{username}`, `{####}` for the password and, with `dashboardDomain`, `{dashboard_url}`. Default: Cognito's text. */
  readonly invitationMessage?: string | undefined;
  /** Whether to deploy the dashboard. With `off`, there is no distribution, and nobody can sign in; accounts and groups stay. `on` makes synthesis fail if nobody could sign in. Default: `on` if people can sign in: with the user pool, or with `dashboardClientId`. */
  readonly dashboard?: OnOff | undefined;
  /** The client id of the dashboard at your own issuer: a public client, authorization code with PKCE. Default: none. */
  readonly dashboardClientId?: string | undefined;
  /** Minutes without input after which the dashboard no longer renews the session of a person, 1 to 720. Default: `15`. */
  readonly dashboardIdleMinutes?: number | undefined;
  /** Your own texts for what to do next, by situation or cause, as an object or as JSON. `<situation>.short` is the short form in lists. Default: the dashboard's texts. */
  readonly nextSteps?: Readonly<Record<string, string>> | undefined;
  /** The link from a patient to their record in your own system: an `https` URL with `{client_user_id}` or `{user_id}`, for example `https://records.example.com/patients/{client_user_id}`. Ids are URL-encoded. Patients without that ID have no link. Default: none. */
  readonly recordLink?: string | undefined;
  /** The link from an order to its page at Junction: an https URL with `{order_id}` or `{transaction_id}`. Default: none. */
  readonly junctionLink?: string | undefined;
  /** Other origins that the dashboard calls to sign in at your own issuer, such as that of the token endpoint. Default: none. */
  readonly dashboardSignInOrigins?: string[] | undefined;
  /** A custom host name for the dashboard. Needs `dashboardCertificateArn`. Default: a name of CloudFront. */
  readonly dashboardDomain?: string | undefined;
  /** The ARN of an ACM certificate for `dashboardDomain`, in us-east-1. Default: none. */
  readonly dashboardCertificateArn?: string | undefined;
  /** The ARN of a WAF web ACL for CloudFront, in us-east-1, to protect the dashboard. Requests to `ApiUrl` do not pass through it. Default: none. */
  readonly dashboardWebAclArn?: string | undefined;
  /** Whether CloudFront and AWS WAF are in front of the API. In a region other than us-east-1, this adds a stack there. Default: `off`. */
  readonly entrance?: OnOff | undefined;
  /** The addresses or ranges (CIDR) that may deliver webhooks. Required with `entrance`. Default: none. */
  readonly entranceWebhookSenders?: string[] | undefined;
  /** The addresses or ranges (CIDR) that may not send anything. Needs `entrance`. Default: none. */
  readonly entranceDeniedAddresses?: string[] | undefined;
  /** Which version of the origin secret CloudFront sends, after you changed it. Needs `entrance`. Default: the value when CloudFormation last created or changed the distribution. */
  readonly entranceSecretVersion?: string | undefined;
  /** Whether CloudFront logs requests. In a region other than us-east-1, `on` adds a stack there. Default: `on` in us-east-1. */
  readonly cloudFrontAccessLog?: OnOff | undefined;
  /** Whether alarms watch CloudFront. In a region other than us-east-1, `on` adds a stack there. Default: `on` in us-east-1. */
  readonly cloudFrontAlarm?: OnOff | undefined;
  /** The https URL at which operators read runbook.md. Alarm and notification emails link to its sections there. Default: `docs/operations/runbook.md`. */
  readonly runbookUrl?: string | undefined;
  /** How long logs are kept, except those that `auditRetentionYears` covers: a number of days that CloudWatch Logs supports. Default: `90`. */
  readonly logRetentionDays?: number | undefined;
  /** How long the audit trail and the API's access log, which complements it, are kept: 1, 2, 3, or 5 to 10 years. Default: `6`. */
  readonly auditRetentionYears?: number | undefined;
  /** Whether deleting the stack keeps the data (`retain`) or deletes it (`destroy`). Default: `retain`. */
  readonly removalPolicy?: DataRemoval | undefined;
  /** Throttling limit of the webhook route, in requests per second, with a burst of twice as many. Above it, Junction gets a 429 and retries. Default: `200`. */
  readonly webhookRequestsPerSecond?: number | undefined;
  /** Throttling limit of every other route, in requests per second, with a burst of twice as many. Default: `50`. */
  readonly queryRequestsPerSecond?: number | undefined;
  /** A share of the account's Lambda concurrency for the webhook alone, and its upper limit. Needs a higher quota than a new account has. Default: none. */
  readonly webhookReservedConcurrency?: number | undefined;
  /** Number of batches per stream shard that `recompute` and `publish` each process concurrently, 1 to 10. Also needs a higher quota. Default: `1`. */
  readonly streamParallelization?: number | undefined;
  /** Hours without a webhook that contains anything new before an alarm, at most 168, or 0 for no alarm. The default covers a weekend for a small team. After the same time, the page takes no empty list as an all-clear. Default: `72`. */
  readonly webhookSilenceHours?: number | undefined;
  /** Time limit from `redraw_available` until the redraw order exists. Default: `PT1H`. */
  readonly redrawNoOrder?: IsoDuration | undefined;
  /** Time limit from the redraw order (or the end of its `activate_by`) until its requisition. Default: `P1D`. */
  readonly redrawNoRequisition?: IsoDuration | undefined;
  /** Time limit from the requisition until an appointment or a sign of the draw. Default: `P7D`. */
  readonly redrawNoAppointment?: IsoDuration | undefined;
  /** Time limit from the start of the appointment until a sign of the draw. Default: `P1D`. */
  readonly redrawAfterAppointment?: IsoDuration | undefined;
  /** Time limit from the end of `worst_case_result_by_date` until the result. Default: `P1D`. */
  readonly redrawAfterResultDate?: IsoDuration | undefined;
  /** Time limit from the draw until the result, where no such date is known. Default: `P14D`. */
  readonly redrawNoResultDate?: IsoDuration | undefined;
  /** Time limit from an order until its requisition, before it is flagged as stalled. Default: `P2D`. */
  readonly orderNoRequisition?: IsoDuration | 'off' | undefined;
  /** Time limit from an order's requisition until an appointment or a sign of the draw. Default: `P30D`. */
  readonly orderNoAppointment?: IsoDuration | 'off' | undefined;
  /** Time limit from the start of an order's appointment until a sign of the draw. Default: `P3D`. */
  readonly orderAfterAppointment?: IsoDuration | 'off' | undefined;
  /** Time limit from the end of an order's `worst_case_result_by_date` until the result. Default: `P7D`. */
  readonly orderAfterResultDate?: IsoDuration | 'off' | undefined;
  /** Time limit from an order's draw until the result, where no such date is known. Default: `P30D`. */
  readonly orderNoResultDate?: IsoDuration | 'off' | undefined;
  /** How long a status may differ from Junction's before the sweep checks with Junction. Default: `PT15M`. */
  readonly checkDiverging?: IsoDuration | undefined;
  /** How long an active transaction may go without a change before the sweep checks with Junction. Default: `P30D`. */
  readonly checkSilent?: IsoDuration | undefined;
  /** How long a critical result may wait for an acknowledgement before an alarm. The alarm can be up to five minutes late. Default: `PT1H`. */
  readonly criticalNoAcknowledgement?: IsoDuration | undefined;
  /** The time zone in which Junction's dates end: the IANA time zone of your westernmost lab. No redraw is due before such a date has ended there. Default: `America/Los_Angeles`. */
  readonly labTimeZone?: IanaTimeZone | undefined;
  /** How often the sweep requests the orders that Junction has changed, and recovers what lost webhooks would have reported. Default: `PT1H`. */
  readonly checkUpdates?: IsoDuration | undefined;
  /** How often the sweep checks the redraws that wait for a draw. Default: `P1D`. */
  readonly checkDraws?: IsoDuration | undefined;
  /** Interval between sweeps, in whole minutes, PT1M to P1D. A redraw is flagged at most this long after it is due. Default: `PT15M`. */
  readonly sweepEvery?: IsoDuration | undefined;
  /** Junction's API for your team: region and environment. Default: `https://api.us.junction.com`. */
  readonly junctionBaseUrl?: string | undefined;
  /** `on` stores and shows Junction's summary of each order's results: normal, abnormal or critical. It is health information, so the API shows it only to tokens with `results/read`. A change of this setting takes effect for each order with its next webhook or API response from Junction. Until then, the stored value stays. Default: `off`. */
  readonly keepInterpretation?: OnOff | undefined;
  /** `on` lets people with `results/read` see the name of the patient of a transaction that they have opened. The API asks Junction each time that they ask, stores nothing, and writes who asked into the audit trail first. Default: `off`. */
  readonly patientNames?: OnOff | undefined;
  /** The only team whose transactions, orders and redraws the API shows and the sweep accepts from Junction. Those of any other team return 404, and a webhook that names another team is quarantined. By default, all teams whose webhooks arrive are shown. Default: every team whose webhooks arrive. */
  readonly teamId?: string | undefined;
  /** The path of a JSON file with the teams whose orders are taken, if there are several: id, name, clocks and message brand of each. Default: one team. */
  readonly teams?: string | undefined;
  /** Whether the API places orders and books appointments with Junction. Needs a Junction API key with write permission. Default: `off`. */
  readonly ordering?: OnOff | undefined;
  /** Since when the service watches: what is dated before is history, about which nobody gets a mail, page or message. A date or a time, `first-sweep` (the first sweep with an API key stores it) or `import` (only an import stores it). Default: `first-sweep`. */
  readonly watchingSince?: string | undefined;
  /** Whether events about history are published with a mark or withheld: `marked` or `withheld`. Default: `marked`. */
  readonly historicalEvents?: 'marked' | 'withheld' | undefined;
  /** Whether the deployment only watches, for the first weeks: it sends no mails about redraws and no messages to patients, and its events say so. Mails about critical results and alarms stay. Default: `off`. */
  readonly watchOnly?: OnOff | undefined;
  /** A URL to which events are sent beside the bus. Default: none. */
  readonly eventsTo?: string | undefined;
  /** The types of the events that are sent to `eventsTo`. Needs `eventsTo`. Default: all types. */
  readonly eventsToTypes?: string[] | undefined;
  /** Whether a registry of EventBridge has the schemas of events, for code bindings and the console. Default: `off`. */
  readonly eventSchemas?: OnOff | undefined;
  /** The channels for messages to patients about their redraws. The settings of messages take effect only if it is not `off`. Default: `off`. */
  readonly patientMessages?: ChannelChoice | undefined;
  /** When to remind patients, counted from the time at which they had to act. Any number of durations, or `off`. Default: `P1D,P3D,P7D`. */
  readonly messageReminders?: IsoDuration[] | 'off' | undefined;
  /** Names of messages that are not sent, for example `appointment_cancelled` and `reminder_3`. Default: none. */
  readonly messagesOff?: string[] | undefined;
  /** The hours in which messages may be sent, in the patient's time zone, at least eight. `00:00-24:00` means at any time. Default: `09:00-20:00`. */
  readonly messageHours?: string | undefined;
  /** The maximum number of messages a patient gets per day, 1 to 20. Default: `3`. */
  readonly messageDailyCap?: number | undefined;
  /** Whether patients are assumed to have consented (`assumed`), or only patients get messages whose consent the API has recorded. Default: `assumed`. */
  readonly messageConsent?: ConsentRule | undefined;
  /** Whether to send messages even if Junction sends its own. Default: `off`. */
  readonly messagesBesideJunction?: OnOff | undefined;
  /** How late a message may be sent. Older messages are not sent, for example after you switch messages on. Default: `P1D`. */
  readonly messageTooLate?: IsoDuration | undefined;
  /** The name that patients know you by, at most 60 characters. It appears in the texts and as the sender name of emails. Required with `patientMessages`. Default: none. */
  readonly messageBrand?: string | undefined;
  /** The link to your portal: an https URL with the fields `{client_user_id}`, `{user_id}`, `{order_id}` and `{transaction_id}` where needed. Default: none. */
  readonly messageLink?: string | undefined;
  /** A phone number for questions. Default: none. */
  readonly messagePhone?: string | undefined;
  /** Whether an SMS names the missing markers, which is health information. Default: `off`. */
  readonly messageMarkersInSms?: OnOff | undefined;
  /** The language of the messages, as a two-letter code. A text that is missing in this language is sent in English. Default: `en`. */
  readonly messageLanguage?: string | undefined;
  /** The path of a directory with your texts, one file per language. Default: the texts in `messages/`. */
  readonly messageTemplates?: string | undefined;
  /** The sender address of email messages, verified in Amazon SES. Required for email. Default: none. */
  readonly messageEmailSender?: string | undefined;
  /** The ID or ARN of a phone number or a pool in AWS End User Messaging SMS. Required for SMS. Default: none. */
  readonly messageSmsSender?: string | undefined;
  /** The hour of reviews, 0 to 23. Default: `9`. */
  readonly reviewHour?: number | undefined;
  /** The time zone of `reviewHour`. Default: `UTC`. */
  readonly reviewTimeZone?: IanaTimeZone | undefined;
  /** Whether to also send a review of overdue redraws every day at `reviewHour`. Default: `off`. */
  readonly dailyStaleReview?: OnOff | undefined;
  /** The sender address, verified in Amazon SES, of the daily email to each owner in the user pool. It is sent at `reviewHour` and lists the owner's transactions. Needs the user pool and the dashboard. Default: none. */
  readonly ownerMailSender?: string | undefined;
}
