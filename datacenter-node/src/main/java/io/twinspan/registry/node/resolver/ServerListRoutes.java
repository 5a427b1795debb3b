package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.SessionServers;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Resolver;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.http.HttpFrontDoor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The lists that official clients ask for: the federation's sessions as the resolver answers them for the place where this server
 * stands. What the client says of itself is not read: official clients send constants.
 */
public final class ServerListRoutes {
    private final Resolver resolver;
    private final Place here;
    private final Supplier<Optional<SessionServers>> fallback;

    /** @param fallback what is answered before the resolver knows anybody; an empty one is refused, for a client cannot read it */
    public ServerListRoutes(Resolver resolver, Place here, Supplier<Optional<SessionServers>> fallback) {
        this.resolver = resolver;
        this.here = here;
        this.fallback = fallback;
    }

    /** All paths. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/api/servers/query", request -> answer(servers -> text(servers.text())))
                .GET("/api/servers/queryWithWeight", request -> answer(servers -> text(servers.weightedText())))
                .GET(
                        "/api/servers/query.json",
                        request -> answer(servers -> json(servers.addresses().stream()
                                .map(Endpoint::toString)
                                .toList())))
                .GET("/api/servers/alive", request -> text("OK"))
                .build();
    }

    private ServerResponse answer(Function<SessionServers, ServerResponse> form) {
        return ServerResponse.async(resolver.ask(
                        DomainName.of(resolver.settings().sessions()), here)
                .thenApply(found -> servers(found.answer())
                        .map(form)
                        .orElseGet(() -> HttpFrontDoor.refused(
                                HttpStatus.SERVICE_UNAVAILABLE, "no session of the federation is known here yet")))
                .toCompletableFuture());
    }

    private Optional<SessionServers> servers(@Nullable DomainAnswer answer) {
        List<Endpoint> addresses = answer == null
                ? List.of()
                : answer.endpoints().stream().map(Candidate::address).toList();
        return addresses.isEmpty() ? fallback.get() : Optional.of(new SessionServers(addresses));
    }

    private static ServerResponse text(String body) {
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(body);
    }

    private static ServerResponse json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
