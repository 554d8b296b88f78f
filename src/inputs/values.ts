export type BuildContext =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'git'; readonly url: string };

/** `id=value` of the `secrets` input; the value never goes into an argument list. */
export interface BuildSecret {
  readonly id: string;
  readonly value: string;
}

/** One key=value entry: build args and labels. */
export interface KeyValue {
  readonly key: string;
  /** undefined: take the value from the environment (build args only). */
  readonly value: string | undefined;
}

/** One BuildKit exporter, for example `{type: 'image', attrs: {push: 'true'}}`. */
export interface BuildOutput {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
}
