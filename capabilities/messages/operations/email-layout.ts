import mjml2html from 'mjml';

/**
 * Compiles the layout of the e-mails.
 *
 * @param mjml with slots such as `{{heading}}`
 * @returns the HTML with the slots, which loads nothing from anywhere
 * @throws {Error} with everything that MJML refuses
 */
export async function compileLayout(mjml: string): Promise<string> {
  // By default, MJML loads known fonts from Google, which would reveal to Google who opens an email.
  const { html, errors } = await mjml2html(mjml, { validationLevel: 'soft', keepComments: true, fonts: {} });
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const lines = html.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
