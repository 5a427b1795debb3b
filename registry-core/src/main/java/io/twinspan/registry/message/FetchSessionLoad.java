package io.twinspan.registry.message;

/**
 * Session to session: how many clients have you, whom has anybody sent away, and who knows where to go.
 *
 * @param incarnation of the process whose numbers the next field counts; 0 when it was never asked
 * @param movedSince the last of its numbers that is known
 * @param fetchedSince the same of client addresses that were given a list of another datacenter's sessions
 */
public record FetchSessionLoad(long incarnation, long movedSince, long fetchedSince) implements Request<SessionLoad> {}
