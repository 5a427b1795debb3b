package io.twinspan.registry.message;

/**
 * Session to session: how many clients have you, and whom has anybody sent away.
 *
 * @param incarnation of the process whose numbers the next field counts; 0 when it was never asked
 * @param movedSince the last of its numbers that is known
 */
public record FetchSessionLoad(long incarnation, long movedSince) implements Request<SessionLoad> {}
