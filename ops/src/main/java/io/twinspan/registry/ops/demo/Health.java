package io.twinspan.registry.ops.demo;

/**
 * One answer to "are you well".
 *
 * @param detail {@code ok}, or what was answered instead
 */
record Health(boolean isHealthy, String detail) {}
