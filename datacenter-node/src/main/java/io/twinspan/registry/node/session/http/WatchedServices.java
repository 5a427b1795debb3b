package io.twinspan.registry.node.session.http;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.acvip.domain.ServiceSource;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.ClientRequests;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Services for the resolver: each that somebody asks for is subscribed to on this session like any client would, and shown as such a
 * client shows it, so that an answer of the resolver is what a subscriber here has. Who is not asked for again is let go of. Belongs to
 * the resolver's event loop.
 */
public final class WatchedServices implements ServiceSource {
    /** Services that are watched at one time; further ones are not known here. */
    static final int MOST_SERVICES = 2_000;

    private static final Duration LINGER = Duration.ofSeconds(90);

    /** Of a service that nobody provides: it costs a subscription that whoever asks for nonsense must not keep. */
    private static final Duration EMPTY_LINGER = Duration.ofSeconds(10);

    private static final Duration SWEEP = Duration.ofSeconds(5);

    private record Key(DataInfoId service, Scope scope) {}

    private final EventLoop loop;
    private final ClientRequests session;
    private final DatacenterId own;
    private final Set<DatacenterId> peers;
    private final WatchSettings settings;
    private final SharedAges ages;
    private final Map<Key, Watched> watched = new HashMap<>();
    private BiConsumer<DataInfoId, Scope> listener = (service, scope) -> {};
    private long lastNumber = Long.MIN_VALUE;

    /** Watches nothing before it is asked. */
    public WatchedServices(HttpReaders.Ports ports, WatchSettings settings) {
        this.loop = ports.loop();
        this.session = ports.session();
        this.own = ports.own();
        this.peers = Set.copyOf(ports.peers());
        this.settings = settings;
        this.ages = new SharedAges(ports, settings.agesFor());
    }

    /** Lets go, from now on, of what is not asked for; the timer is the caller's to cancel. */
    public EventLoop.Timer start() {
        return loop.scheduleEvery(SWEEP, this::sweep);
    }

    @Override
    public CompletionStage<Void> watch(DataInfoId service, Scope scope, Duration needed) {
        Key key = new Key(service, scope);
        Watched known = watched.get(key);
        if (known == null) {
            if (watched.size() >= MOST_SERVICES) {
                return CompletableFuture.completedFuture(null);
            }
            known = new Watched(key);
            watched.put(key, known);
            known.begin();
        }
        known.use(needed);
        return known.ready;
    }

    @Override
    public @Nullable List<Candidate> current(DataInfoId service, Scope scope) {
        Watched known = watched.get(new Key(service, scope));
        if (known == null || !known.isKnown()) {
            return null;
        }
        known.use(Duration.ZERO);
        return known.candidates();
    }

    /** One question to the leader of the service's slot at a time, however many ask here: who asks over DNS can be anybody. */
    @Override
    public CompletionStage<AnswerAges> ages(DataInfoId service, Scope scope) {
        CompletableFuture<AnswerAges> answer = new CompletableFuture<>();
        ages.tell(service, Set.of(), known -> answer.complete(datacenter -> age(known.get(datacenter))));
        return answer;
    }

    private AnswerAges.Age age(@Nullable Duration since) {
        return new AnswerAges.Age(since, since == null || since.compareTo(settings.staleAfter()) > 0);
    }

    @Override
    public void onChange(BiConsumer<DataInfoId, Scope> newListener) {
        listener = newListener;
    }

    private void sweep() {
        List<Watched> over = watched.values().stream()
                .filter(each -> {
                    Duration most = each.isKnown() && each.candidates().isEmpty() ? EMPTY_LINGER : LINGER;
                    return loop.nanos() - each.neededNanos > most.toNanos();
                })
                .toList();
        over.forEach(Watched::end);
    }

    /**
     * The address in what a provider published: {@code [scheme://]host:port[/…][?weight=N…]}. What is no address is left out; null.
     */
    static @Nullable Candidate candidate(String data, DatacenterId datacenter, String zone) {
        int scheme = data.indexOf("://");
        String rest = scheme < 0 ? data : data.substring(scheme + "://".length());
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '?' && rest.charAt(end) != '/') {
            end++;
        }
        try {
            int weight = VipEndpoint.USUAL_WEIGHT;
            for (String parameter : rest.substring(end).split("[?&]")) {
                if (parameter.startsWith("weight=")) {
                    weight = Integer.parseInt(parameter.substring("weight=".length()));
                }
            }
            return Candidate.well(Endpoint.parse(rest.substring(0, end)), datacenter, zone, Math.max(0, weight));
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    /** One service. */
    private final class Watched {
        private final Key key;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final SegmentReader reader;
        private @Nullable List<Candidate> shown;
        private long neededNanos;

        Watched(Key key) {
            this.key = key;
            this.neededNanos = loop.nanos();
            long number = ++lastNumber;
            Wish wish = new Wish(key.service(), key.scope(), "resolver" + (number - Long.MIN_VALUE) + ":0");
            this.reader = new SegmentReader(number, wish, session, loop, this::onSegment, this::end);
        }

        void begin() {
            reader.open();
            loop.schedule(settings.firstWithin(), () -> ready.complete(null));
        }

        /** Somebody asks, and will wait for so long: it is in use until then. */
        void use(Duration needed) {
            neededNanos += Math.max(0, loop.nanos() + needed.toNanos() - neededNanos);
        }

        boolean isKnown() {
            return reader.shown().containsKey(own);
        }

        List<Candidate> candidates() {
            List<Candidate> known = shown;
            if (known == null) {
                known = flat();
                shown = known;
            }
            return known;
        }

        void end() {
            if (watched.remove(key, this)) {
                reader.close();
                ready.complete(null);
            }
        }

        private void onSegment(DatacenterId segment) {
            shown = null;
            if (segment.equals(own)) {
                loop.schedule(settings.peersWithin(), () -> ready.complete(null));
            }
            if (isKnown()) {
                if (reader.shown().keySet().containsAll(peers)) {
                    ready.complete(null);
                }
                listener.accept(key.service(), key.scope());
            }
        }

        private List<Candidate> flat() {
            Set<Candidate> all = new LinkedHashSet<>();
            for (SegmentPush push : reader.shown().values()) {
                push.addressesByZone().forEach((zone, addresses) -> {
                    for (String address : addresses) {
                        Candidate candidate = candidate(address, push.segment(), zone);
                        if (candidate != null) {
                            all.add(candidate);
                        }
                    }
                });
            }
            List<Candidate> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(Candidate::address)
                    .thenComparing(Candidate::datacenter)
                    .thenComparing(Candidate::zone));
            return List.copyOf(sorted);
        }
    }
}
