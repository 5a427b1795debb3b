package io.twinspan.registry.acvip.client;

import java.util.Optional;

/** What can be said of a domain. */
public sealed interface Resolution {
    /** There is an answer. */
    record Known(ResolvedDomain domain) implements Resolution {}

    /** The servers have no such domain. */
    record Absent(String domain) implements Resolution {}

    /** Nobody could be asked, and nothing is kept; or nobody would answer, because the name is none. */
    record Unknown(String domain, String why) implements Resolution {}

    /** The answer, if there is one. */
    default Optional<ResolvedDomain> found() {
        return this instanceof Known known ? Optional.of(known.domain()) : Optional.empty();
    }
}
