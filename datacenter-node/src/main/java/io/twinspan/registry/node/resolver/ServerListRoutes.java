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
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The lists that official clients ask for: the federation's sessions as the resolver answers them for the place where this server
 * stands. What the client says of itself is not read: official clients send constants.
 */
public final class ServerListRoutes {
    /** Where the clients of this server are being moved to. */
    public interface Elsewhere {
        /** Nobody is moved. */
        Elsewhere NOWHERE = new Elsewhere() {
            @Override
            public List<Endpoint> servers() {
                return List.of();
            }

            @Override
            public void onTold(String host, String appName) {
                // There was nothing to tell.
            }
        };

        /** Sessions of the datacenter that clients are moved to; empty when they stay. Any thread. */
        List<Endpoint> servers();

        /** A client at this host was told of them, and may be sent there now. Any thread. */
        void onTold(String host, String appName);
    }

    private final Resolver resolver;
    private final Place here;
    private final Supplier<Optional<SessionServers>> fallback;
    private final Elsewhere elsewhere;

    /** @param fallback what is answered before the resolver knows anybody; an empty one is refused, for a client cannot read it */
    public ServerListRoutes(
            Resolver resolver, Place here, Supplier<Optional<SessionServers>> fallback, Elsewhere elsewhere) {
        this.resolver = resolver;
        this.here = here;
        this.fallback = fallback;
        this.elsewhere = elsewhere;
    }

    /** All paths. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/api/servers/query", request -> answer(request, servers -> text(servers.text())))
                .GET(
                        "/api/servers/queryWithWeight",
                        request -> answer(request, servers -> text(servers.weightedText())))
                .GET(
                        "/api/servers/query.json",
                        request -> answer(
                                request,
                                servers -> json(servers.addresses().stream()
                                        .map(Endpoint::toString)
                                        .toList())))
                .GET("/api/servers/alive", request -> text("OK"))
                .build();
    }

    private ServerResponse answer(ServerRequest request, Function<SessionServers, ServerResponse> form) {
        List<Endpoint> others = elsewhere.servers();
        if (!others.isEmpty()) {
            elsewhere.onTold(
                    request.servletRequest().getRemoteAddr(),
                    request.param("appName").orElse(""));
            return form.apply(new SessionServers(others));
        }
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
