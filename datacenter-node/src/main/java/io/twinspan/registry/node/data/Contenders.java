package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Registrations that are superseded, and that their sessions stand behind all the same: by an old request of the same client which
 * another session read late, as far as they can tell. When the connection that is listed closes, the contender is listed in its
 * place in the same step, so that no list is ever without it. Sessions offer theirs again every second; what is not offered any
 * more is forgotten, and the oldest beyond a bound. Without any of this a live registration comes back too, only a moment later.
 */
final class Contenders {
    /** Most that are kept. */
    static final int MOST = 100_000;

    /** Several offers may be lost on their way. */
    static final Duration KEPT = Duration.ofSeconds(10);

    private record Name(DataInfoId service, RegistrationId id) {}

    private record Contender(Publisher publisher, long nanos) {}

    // The one offered longest ago comes first.
    private final Map<Name, Contender> contenders = new LinkedHashMap<>();

    /** Of several the latest stays. */
    void put(DataInfoId service, Publisher publisher, long nowNanos) {
        forgetOld(nowNanos);
        Name name = new Name(service, publisher.id());
        Contender before = contenders.get(name);
        if (before == null
                || before.publisher().owner().equals(publisher.owner())
                || publisher.order().isAfter(before.publisher().order())) {
            contenders.remove(name);
            contenders.put(name, new Contender(publisher, nowNanos));
        }
    }

    Optional<Publisher> find(DataInfoId service, RegistrationId id, long nowNanos) {
        return Optional.ofNullable(contenders.get(new Name(service, id)))
                .filter(each -> isFresh(each, nowNanos))
                .map(Contender::publisher);
    }

    void remove(DataInfoId service, RegistrationId id) {
        contenders.remove(new Name(service, id));
    }

    void removeOf(Owner owner, DataInfoId service, RegistrationId id) {
        contenders.computeIfPresent(
                new Name(service, id), (name, each) -> each.publisher().owner().equals(owner) ? null : each);
    }

    private void forgetOld(long nowNanos) {
        Iterator<Contender> oldest = contenders.values().iterator();
        while (oldest.hasNext()) {
            if (isFresh(oldest.next(), nowNanos) && contenders.size() < MOST) {
                return;
            }
            oldest.remove();
        }
    }

    private static boolean isFresh(Contender contender, long nowNanos) {
        return nowNanos - contender.nanos() <= KEPT.toNanos();
    }
}
