/**
 * The resolver's client library, for applications and for the agent: domains in, addresses out, from memory. It follows one server
 * in every datacenter by long poll, keeps the last answers on disk, and answers on, marked old, when nobody answers it. What stands
 * is decided in {@link io.twinspan.registry.acvip.client.AnswerTable}, which server is asked next in
 * {@link io.twinspan.registry.acvip.client.ServerChoice}, both without threads or clocks. Invariant: no answer is given under a
 * lower federation epoch than the highest that was ever seen, restarts included. Needs the JDK only, so that it can be embedded
 * beside any other library.
 */
@NullMarked
package io.twinspan.registry.acvip.client;

import org.jspecify.annotations.NullMarked;
