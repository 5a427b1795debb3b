package io.twinspan.registry.acvip.client;

import io.twinspan.registry.runtime.FaultHandler;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Domains to addresses, from memory.
 *
 * <pre>{@code
 * ClientSettings settings = ClientSettings.of("10.0.0.1:9603", "10.1.0.1:9603").keptIn(Path.of("/var/lib/app/resolver"));
 * try (ResolverClient client = ResolverClient.open(settings)) {
 *     client.listen("orders.db", found -> pool.use(found.addresses()));
 *     List<Endpoint> sessions = client.resolve("session.twinspan").orElseThrow().addresses();
 * }
 * }</pre>
 *
 * A domain is followed from the first time it is asked for. All methods may be called on any thread.
 */
public final class ResolverClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ResolverClient.class.getName());
    private static final FaultHandler FAULTS =
            fault -> LOG.log(System.Logger.Level.ERROR, "a fault in the resolver's client, please report it", fault);
    private static final long CLOSE_SECONDS = 5;

    private final ClientSettings settings;
    private final ThreadEventLoop loop = new ThreadEventLoop("resolver-client", FAULTS);
    private final ThreadEventLoop telling = new ThreadEventLoop("resolver-listeners", FAULTS);
    private final ResolverServers servers;
    private final AnswerStore store;
    private final ResolverCore core;
    private final DomainListeners listeners;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private ResolverClient(ClientSettings settings, AnswerStore store) {
        this.settings = settings;
        this.store = store;
        this.servers = new HttpResolverServers(settings.limits());
        this.listeners = new DomainListeners(telling, this::find);
        this.core = new ResolverCore(
                settings,
                new ResolverCore.Ports(loop, servers, store, InstantSource.system(), RandomGenerator.getDefault()),
                listeners::onChanged);
    }

    /**
     * Opens a client. What its folder holds is answered from at once; servers need not answer yet.
     *
     * @throws java.io.UncheckedIOException when the folder cannot be used
     */
    public static ResolverClient open(ClientSettings settings) {
        AnswerStore store = settings.folder().<AnswerStore>map(AnswerDisk::new).orElseGet(AnswerStore::none);
        ResolverClient client = new ResolverClient(settings, store);
        client.core.restore();
        client.core.start();
        return client;
    }

    /** The addresses of a domain; empty when there is no such domain, or nothing was heard of it within 2 s. */
    public Optional<ResolvedDomain> resolve(String domain) {
        try {
            return ask(domain)
                    .toCompletableFuture()
                    .get(settings.limits().times().firstAnswer().toMillis() * 2, TimeUnit.MILLISECONDS)
                    .found();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException failed) {
            return Optional.empty();
        }
    }

    /** The same without waiting, and with the reason when there is no answer. */
    public CompletionStage<Resolution> ask(String text) {
        String domain;
        try {
            domain = DomainText.of(text);
        } catch (IllegalArgumentException noName) {
            return CompletableFuture.completedStage(refused(text, noName));
        }
        Resolution known = core.find(domain);
        if (!(known instanceof Resolution.Unknown)) {
            return CompletableFuture.completedStage(known);
        }
        CompletableFuture<Resolution> result = new CompletableFuture<>();
        if (isClosed.get()) {
            result.complete(new Resolution.Unknown(domain, "the client is closed"));
        } else {
            loop.execute(() -> core.follow(domain, result));
        }
        return result;
    }

    /** What is in memory, whether anybody has asked before or not. */
    public Resolution find(String domain) {
        try {
            return core.find(DomainText.of(domain));
        } catch (IllegalArgumentException noName) {
            return refused(domain, noName);
        }
    }

    /**
     * Tells of the domain's addresses as soon as they are known, and whenever they change, on a thread of the client's own; of
     * several changes at once the newest.
     *
     * @return ends it when closed
     * @throws IllegalArgumentException when no server takes the name, with the reason
     */
    public AutoCloseable listen(String domain, Consumer<ResolvedDomain> observer) {
        return observe(domain, resolution -> resolution.found().ifPresent(observer));
    }

    /**
     * The same, also told while there is no answer.
     *
     * @throws IllegalArgumentException when no server takes the name, with the reason
     */
    public AutoCloseable observe(String text, Consumer<Resolution> observer) {
        String domain = DomainText.of(text);
        AtomicReference<@Nullable WatchedDomain> followed = new AtomicReference<>();
        loop.execute(() -> core.watch(domain).ifPresent(watched -> {
            watched.listeners().incrementAndGet();
            followed.set(watched);
        }));
        AutoCloseable listening = listeners.add(domain, observer);
        AtomicBoolean isOver = new AtomicBoolean();
        return () -> {
            if (isOver.compareAndSet(false, true)) {
                listening.close();
                loop.execute(() -> {
                    WatchedDomain watched = followed.get();
                    if (watched != null) {
                        watched.listeners().decrementAndGet();
                    }
                });
            }
        };
    }

    private static Resolution refused(String text, IllegalArgumentException why) {
        return new Resolution.Unknown(text, "no server takes that name: " + why.getMessage());
    }

    /** Which servers there are, as they told it last. */
    public ServerList servers() {
        return core.servers();
    }

    /** Where this client stands, as far as anybody knows. */
    public ClientPlace place() {
        return core.place();
    }

    /** What it has done. */
    public ClientCounters counters() {
        return core.counters();
    }

    /** Writes what is known and ends. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            core.close();
            done.complete(null);
        });
        try {
            done.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.log(System.Logger.Level.WARNING, "the last answers could not be written in time");
        }
        loop.close();
        telling.close();
        servers.close();
        store.close();
    }
}
