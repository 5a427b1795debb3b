package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.Choice;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.health.HealthBoard;
import io.twinspan.registry.acvip.health.HealthSettings;
import io.twinspan.registry.acvip.health.Probe;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers for domains. May be called on any thread; what it is told takes effect in the order told. */
public final class Resolver implements AutoCloseable {
    /**
     * What a resolver stands on.
     *
     * @param own the datacenter of this node
     */
    public record Ports(EventLoop loop, DatacenterId own, DutyView duty, Probe probe, ServiceSource services) {}

    private final Ports ports;
    private final ResolverSettings settings;
    private final HealthBoard health;
    private final DomainTable table;
    private final PollDesk polls;

    /** Knows nothing yet. */
    public Resolver(Ports ports, ResolverSettings settings, HealthSettings checks) {
        this.ports = ports;
        this.settings = settings;
        this.health = new HealthBoard(ports.loop(), ports.probe(), checks, this::onChange);
        this.table = new DomainTable(settings, ports.own(), ports.duty(), health, ports.services());
        this.polls = new PollDesk(
                ports.loop(),
                settings,
                poll -> new Poll.News(ports.duty().current(), List.of(), List.of()),
                (poll, name) -> table.find(name, poll.place()),
                this::dependencies);
        ports.services().onChange((service, scope) -> onChange(service.dataId()));
        ports.duty().onChange(() -> ports.loop().execute(this::onEverything));
    }

    /** The settings it goes by. */
    public ResolverSettings settings() {
        return settings;
    }

    /** These are the Vips now. */
    public void onVips(Map<String, Vip> vips) {
        ports.loop().execute(() -> {
            table.onVips(vips);
            polls.onChange();
        });
    }

    /** These are the federation's servers now. */
    public void onFederation(Federation federation) {
        ports.loop().execute(() -> {
            table.onFederation(federation);
            polls.onChange(settings.sessions());
            polls.onChange(settings.consoles());
        });
    }

    /** What a domain is for a place. The stage does not fail. */
    public CompletionStage<Lookup> ask(DomainName name, Place place) {
        return watched(List.of(name), place, Duration.ZERO)
                .thenApplyAsync(done -> table.find(name, place), ports.loop());
    }

    /** How old an answer for a domain is: that for a service is as old as what its datacenters said. The stage does not fail. */
    public CompletionStage<AnswerAges> ages(DomainName name) {
        return on(() -> table.service(name)
                        .map(each -> ports.services().ages(each.service(), each.scope()))
                        .orElseGet(() -> CompletableFuture.completedFuture(AnswerAges.NOW)))
                .thenCompose(asked -> asked);
    }

    /** Why each address of a domain is answered or not; empty when nothing can be said. The stage does not fail. */
    public CompletionStage<Optional<Choice>> explain(DomainName name, Place place) {
        return watched(List.of(name), place, Duration.ZERO)
                .thenApplyAsync(done -> Optional.ofNullable(table.explain(name, place)), ports.loop());
    }

    /**
     * Answers when something is other than the asker knows it, or when the time is over. The stage fails with
     * {@link PollRefusedException} when too many wait.
     *
     * @throws IllegalArgumentException when too much is asked for
     */
    public CompletionStage<Poll.News> poll(Poll poll) {
        int asked = poll.known().size();
        if (asked == 0 || asked > settings.mostDomains()) {
            throw new IllegalArgumentException(
                    "domains names " + asked + " of them; a poll may name 1 to " + settings.mostDomains());
        }
        if (poll.within().isNegative() || poll.within().compareTo(settings.longestPoll()) > 0) {
            throw new IllegalArgumentException(
                    "timeoutSeconds is " + poll.within().toSeconds() + ", which is not between 0 and "
                            + settings.longestPoll().toSeconds());
        }
        CompletableFuture<Poll.News> answer = new CompletableFuture<>();
        watched(poll.known().keySet(), poll.place(), poll.within())
                .thenRunAsync(() -> polls.take(poll, answer), ports.loop())
                .exceptionally(fault -> {
                    answer.completeExceptionally(fault);
                    return null;
                });
        return answer;
    }

    /** The federation's servers as they are known, and the duties. */
    public CompletionStage<Federation> federation() {
        return on(table::federation);
    }

    /** What is decided about duty. */
    public Duties duties() {
        return ports.duty().current();
    }

    /** Endpoints that are checked, and polls that wait. */
    public CompletionStage<Map<String, Integer>> counts() {
        return on(() -> Map.of("vips", table.vips().size(), "checked", health.count(), "polls", polls.count()));
    }

    /** Everybody who waits is answered, and nothing is checked any more. */
    @Override
    public void close() {
        ports.loop().execute(() -> {
            health.watch(List.of());
            polls.close();
        });
    }

    private CompletionStage<@Nullable Void> watched(Collection<DomainName> names, Place place, Duration needed) {
        return on(() -> {
                    List<CompletableFuture<Void>> pending = new ArrayList<>();
                    if (place.datacenter().equals(ports.own())) {
                        for (DomainName name : names) {
                            table.service(name)
                                    .ifPresent(each -> pending.add(ports.services()
                                            .watch(each.service(), each.scope(), needed)
                                            .toCompletableFuture()));
                        }
                    }
                    return pending.toArray(CompletableFuture<?>[]::new);
                })
                .thenCompose(CompletableFuture::allOf);
    }

    private List<String> dependencies(DomainName name) {
        String service = table.service(name).map(DomainName::name).orElse(name.name());
        return service.equals(name.name()) ? List.of(name.name()) : List.of(name.name(), service);
    }

    private void onChange(String name) {
        table.forget(name);
        table.vips().values().stream()
                .filter(vip -> vip.service() != null && vip.service().dataId().equals(name))
                .forEach(vip -> table.forget(vip.domain()));
        polls.onChange(name);
    }

    private void onEverything() {
        table.forget();
        polls.onChange();
    }

    private <T> CompletionStage<T> on(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, ports.loop());
    }
}
