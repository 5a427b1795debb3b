/**
 * Provided configuration in all datacenters. What is put in one is offered to the peers' metas at once, and every datacenter compares
 * with each peer now and then and repairs both ways. The higher version wins; two contents under one version are a conflict, reported
 * and decided by everybody alike. Only the leading meta of a datacenter speaks and listens. Invariant: nothing of it holds up a
 * change here, and nothing that was put is lost while one datacenter has it. Belongs to the meta role's event loop.
 */
@NullMarked
package io.twinspan.registry.node.meta.federation;

import org.jspecify.annotations.NullMarked;
