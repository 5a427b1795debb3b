package io.twinspan.registry.node.http;

import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The paths of one role.
 *
 * @param port the port this node really listens on for them
 */
public record RoleRoutes(int port, RouterFunction<ServerResponse> routes) {}
