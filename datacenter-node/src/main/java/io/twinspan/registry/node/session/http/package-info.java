/**
 * Services over HTTP, once as JSON or as a stream of server-sent events. Each reader is a subscriber of the session like any other,
 * and is told beside the addresses of each datacenter how old they are. What is read slowly is dropped, and never waits in more than
 * one event a datacenter.
 */
@NullMarked
package io.twinspan.registry.node.session.http;

import org.jspecify.annotations.NullMarked;
