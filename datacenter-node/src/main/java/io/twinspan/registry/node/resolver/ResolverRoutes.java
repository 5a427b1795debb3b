package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Choice;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Lookup;
import io.twinspan.registry.acvip.domain.Poll;
import io.twinspan.registry.acvip.domain.PollRefusedException;
import io.twinspan.registry.acvip.domain.Resolver;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.http.HttpFrontDoor;
import io.twinspan.registry.node.http.RequestBody;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /acvip/v1}: what domains are, who waits for them to be something else, why they are it, and where else to ask. */
public final class ResolverRoutes {
    /** A poll of the most domains with the longest names fits. */
    private static final int MOST_BODY_BYTES = 2 * 1024 * 1024;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Resolver resolver;
    private final Place here;

    /** @param here where this server stands, and whoever does not say otherwise */
    public ResolverRoutes(Resolver resolver, Place here) {
        this.resolver = resolver;
        this.here = here;
    }

    /** All paths. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/acvip/v1/domains/{domain}", this::domain)
                .GET("/acvip/v1/explain/{domain}", this::explain)
                .POST("/acvip/v1/poll", this::poll)
                .GET("/acvip/v1/servers", request -> servers())
                .build();
    }

    private ServerResponse domain(ServerRequest request) {
        return later(resolver.ask(name(request), place(request)).thenApply(ResolverRoutes::answer), ANSWER_WITHIN);
    }

    private ServerResponse explain(ServerRequest request) {
        DomainName name = name(request);
        Place place = place(request);
        return later(
                resolver.ask(name, place)
                        .thenCombine(
                                resolver.explain(name, place),
                                (found, choice) -> choice.filter(all -> found.state() == Lookup.State.FOUND)
                                        .map(all -> explained(name, place, all))
                                        .orElseGet(() -> answer(found))),
                ANSWER_WITHIN);
    }

    private ServerResponse poll(ServerRequest request) {
        Poll poll = PollBody.read(RequestBody.text(request, MOST_BODY_BYTES), here, resolver.settings());
        return later(
                resolver.poll(poll).thenApply(news -> json(AnswerJson.of(news))).exceptionally(ResolverRoutes::refused),
                poll.within().plus(ANSWER_WITHIN));
    }

    private ServerResponse servers() {
        return later(
                resolver.federation().thenApply(all -> json(AnswerJson.of(all, resolver.duties()))), ANSWER_WITHIN);
    }

    private ServerResponse explained(DomainName name, Place place, Choice choice) {
        return json(AnswerJson.of(name, place, resolver.duties(), choice));
    }

    private Place place(ServerRequest request) {
        return PollBody.place(
                here,
                request.param("dc").orElse(""),
                request.param("zone").orElse(""),
                request.param("app").orElse(""));
    }

    private static DomainName name(ServerRequest request) {
        String name = request.pathVariable("domain");
        return new DomainName(
                name,
                new DataInfoId(
                        name,
                        request.param("instance").orElse(DataInfoId.DEFAULT_INSTANCE_ID),
                        request.param("group").orElse(DataInfoId.DEFAULT_GROUP)),
                Scope.ofWire(request.param("scope").orElse(Scope.GLOBAL.wireName())));
    }

    private static ServerResponse answer(Lookup found) {
        DomainAnswer answer = found.answer();
        if (answer != null) {
            return json(AnswerJson.of(answer));
        }
        HttpStatus status =
                found.state() == Lookup.State.ABSENT ? HttpStatus.NOT_FOUND : HttpStatus.SERVICE_UNAVAILABLE;
        return HttpFrontDoor.refused(status, found.why());
    }

    private static ServerResponse refused(Throwable failure) {
        Throwable cause = PeerException.unwrap(failure);
        HttpStatus status = cause instanceof PollRefusedException
                ? HttpStatus.SERVICE_UNAVAILABLE
                : HttpStatus.INTERNAL_SERVER_ERROR;
        return HttpFrontDoor.refused(status, String.valueOf(cause.getMessage()));
    }

    private static ServerResponse later(CompletionStage<ServerResponse> answer, Duration within) {
        return ServerResponse.async(answer.toCompletableFuture(), within);
    }

    private static ServerResponse json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
