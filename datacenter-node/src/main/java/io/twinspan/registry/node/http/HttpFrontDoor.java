package io.twinspan.registry.node.http;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Leads a request to the role whose port it came by, and turns everything that goes wrong into
 * {@code {"success":false,"message":…}}: 400 for what the caller can mend, 404 for unknown paths, 500 for what we must.
 */
public final class HttpFrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontDoor.class);

    private HttpFrontDoor() {}

    /** One function for all ports. */
    public static RouterFunction<ServerResponse> of(List<RoleRoutes> roles) {
        RouterFunctions.Builder all = RouterFunctions.route();
        for (RoleRoutes role : roles) {
            all.nest(request -> request.servletRequest().getLocalPort() == role.port(), role::routes);
        }
        return all.route(RequestPredicates.all(), HttpFrontDoor::unknownPath)
                .onError(
                        IllegalArgumentException.class,
                        (error, request) -> refused(HttpStatus.BAD_REQUEST, text(error)))
                .onError(Throwable.class, HttpFrontDoor::fault)
                .build();
    }

    /** The shape of every refusal. */
    public static ServerResponse refused(HttpStatus status, String message) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("success", false, "message", message));
    }

    private static ServerResponse unknownPath(ServerRequest request) {
        return refused(
                HttpStatus.NOT_FOUND,
                "there is no " + request.method() + " " + request.path() + " on port "
                        + request.servletRequest().getLocalPort());
    }

    private static ServerResponse fault(Throwable error, ServerRequest request) {
        LOG.warn("http request failed: path={}", request.path(), error);
        return refused(HttpStatus.INTERNAL_SERVER_ERROR, request.path() + " failed: " + text(error));
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
