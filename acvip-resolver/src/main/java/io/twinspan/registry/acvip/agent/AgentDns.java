package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import io.twinspan.registry.acvip.client.ClientPlace;
import io.twinspan.registry.acvip.client.Resolution;
import io.twinspan.registry.acvip.client.ResolverClient;
import io.twinspan.registry.acvip.client.ServedAnswer;
import io.twinspan.registry.acvip.dns.DnsServer;
import io.twinspan.registry.acvip.dns.DnsZone;
import io.twinspan.registry.acvip.dns.HostAddresses;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.acvip.domain.Lookup;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** DNS of the agent: the servers' own, over what the agent knows. */
final class AgentDns implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AgentDns.class.getName());
    private static final DatacenterId NOT_SAID = new DatacenterId("unknown");
    private static final int MOST_LOOKUPS = 100;
    private static final int TTL_SECONDS = 5;

    private final ThreadEventLoop loop = new ThreadEventLoop(
            "agent-dns", fault -> LOG.log(System.Logger.Level.ERROR, "a fault, please report it", fault));
    private final ThreadPoolExecutor lookups =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_LOOKUPS), task -> {
                Thread thread = new Thread(task, "agent-dns-lookups");
                thread.setDaemon(true);
                return thread;
            });
    private final DnsServer server;

    /**
     * Listens at once.
     *
     * @throws IllegalStateException naming the address when it cannot be listened on
     */
    AgentDns(Endpoint at, String federation, ResolverClient client) {
        this.server = new DnsServer(new DnsZone(
                federation,
                name -> client.ask(name.toString()).thenApply(resolution -> lookup(resolution, client.place())),
                answer -> CompletableFuture.completedFuture(ages(client.find(answer.domain()))),
                new HostAddresses(loop, lookups),
                TTL_SECONDS));
        server.start(at);
    }

    @Override
    public void close() {
        server.close();
        lookups.shutdownNow();
        loop.close();
    }

    static Lookup lookup(Resolution resolution, ClientPlace place) {
        if (resolution instanceof Resolution.Known known) {
            return new Lookup(Lookup.State.FOUND, answer(known.domain().answer(), place), "");
        }
        return resolution instanceof Resolution.Unknown unknown
                ? new Lookup(Lookup.State.UNKNOWN, null, unknown.why())
                : new Lookup(Lookup.State.ABSENT, null, "there is no such domain");
    }

    /** The same of all datacenters: the server that is followed has said it. */
    private static AnswerAges ages(Resolution resolution) {
        return resolution
                .found()
                .<AnswerAges>map(known -> {
                    AnswerAges.Age age = new AnswerAges.Age(known.age(), known.isOld());
                    return datacenter -> age;
                })
                .orElse(AnswerAges.UNKNOWN);
    }

    private static DomainAnswer answer(ServedAnswer served, ClientPlace place) {
        return new DomainAnswer(
                served.domain(),
                served.epoch().orElse(null),
                served.draining().stream().map(DatacenterId::new).collect(Collectors.toUnmodifiableSet()),
                new Place(datacenter(place.datacenter()), place.zone(), place.app()),
                served.checksum(),
                Math.toIntExact(served.ttl().toSeconds()),
                served.endpoints().stream().map(AgentDns::candidate).toList());
    }

    private static Candidate candidate(AnsweredEndpoint each) {
        return new Candidate(
                each.address(), datacenter(each.datacenter()), each.zone(), each.weight(), each.isHealthy(), "");
    }

    private static DatacenterId datacenter(String name) {
        return name.isEmpty() ? NOT_SAID : new DatacenterId(name);
    }
}
