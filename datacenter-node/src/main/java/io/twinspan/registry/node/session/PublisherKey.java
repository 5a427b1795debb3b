package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RegistrationId;

/** Identity of a registration: clients make their ids unique for each service. */
record PublisherKey(DataInfoId service, RegistrationId id) {}
