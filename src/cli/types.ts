export type Environment = Readonly<Record<string, string | undefined>>;
export type Write = (text: string) => void;
