export type BuildContext =
  /** `isDefault`: nothing was given, and it may turn out to be the Git context of the event (plan/default-context). */
  | { readonly kind: 'path'; readonly path: string; readonly isDefault?: true }
  | { readonly kind: 'git'; readonly url: string };

/** One entry of `build-contexts`: a directory, a Git or HTTP address, `docker-image://…` or `oci-layout://…`. */
export interface NamedContext {
  readonly name: string;
  readonly value: string;
}

/** `id=value` of the `secrets` input; the value never goes into an argument list. */
export interface BuildSecret {
  readonly id: string;
  readonly value: string;
}

/** `id=VARIABLE` of the `secret-envs` input. */
export interface SecretVariable {
  readonly id: string;
  readonly variable: string;
}

/** `id=path` of the `secret-files` input. */
export interface SecretFile {
  readonly id: string;
  readonly file: string;
}

/** One `--attest` of buildx; the attribute `disabled` switches it off. */
export interface Attestation {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
}

/** One raw entry of `cache-from` or `cache-to`. */
export interface CacheSource {
  readonly type: string;
  /** As given. */
  readonly text: string;
}

/** A question about the build in place of the build, for example `check,format=json`. */
export interface BuildCall {
  /** As buildx takes it. */
  readonly text: string;
  readonly isCheck: boolean;
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
