/** Copilot itself answers for this module, wherever an extension lies. What is used of it, as of 1.0.102. */
declare module '@github/copilot-sdk/extension' {
  interface Session {
    readonly sessionId: string;
    on(event: 'user.message' | 'session.idle', hear: () => void): void;
    send(message: { readonly prompt: string }): Promise<unknown>;
  }
  export function joinSession(options: object): Promise<Session>;
}
