import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';

/** A resource of the same app that a text is an attribute of. */
export interface GivenConstruct {
  readonly resource: CfnResource;
  /** The name of the attribute: `Arn`, or `Ref`. */
  readonly attribute: string;
  /** undefined if the region is known only at deployment. */
  readonly region: string | undefined;
}

/** The resource of the same app that gave a text; undefined if the text is written out, or was made of several. */
export function givenConstruct(text: string | undefined): GivenConstruct | undefined {
  if (text === undefined || !Token.isUnresolved(text)) return undefined;
  const fragments = Tokenization.reverseString(text);
  const reference = fragments.length === 1 ? fragments.firstToken : undefined;
  if (!Reference.isReference(reference) || !CfnResource.isCfnResource(reference.target)) return undefined;
  const { region } = Stack.of(reference.target);
  return {
    resource: reference.target,
    attribute: reference.displayName,
    region: Token.isUnresolved(region) ? undefined : region,
  };
}

/** The stacks whose resources gave a part of a text. */
export function stacksIn(text: string): Stack[] {
  const references = Tokenization.reverseString(text).tokens.filter((token) => Reference.isReference(token));
  return references.map(({ target }) => Stack.of(target));
}
