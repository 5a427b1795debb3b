package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Answers of servers, made for tests. */
final class Replies {
    private Replies() {}

    /** {@code 7/west}, or nothing for an empty text. */
    static Optional<FederationEpoch> epoch(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split("/");
        return Optional.of(new FederationEpoch(Long.parseLong(parts[0]), new DatacenterId(parts[1])));
    }

    static ServedAnswer answer(String domain, String epoch, String... addresses) {
        List<AnsweredEndpoint> endpoints = Stream.of(addresses)
                .map(text -> new AnsweredEndpoint(Endpoint.parse(text), "east", "", 100, true))
                .toList();
        return new ServedAnswer(
                domain,
                epoch(epoch),
                Set.of(),
                String.join("+", addresses) + "@" + epoch,
                Duration.ofSeconds(5),
                endpoints);
    }

    static PollReply reply(String epoch, ServedAnswer... changed) {
        return new PollReply(epoch(epoch), List.of(changed), Set.of());
    }

    static PollReply gone(String epoch, String... domains) {
        return new PollReply(epoch(epoch), List.of(), Set.of(domains));
    }
}
