package io.twinspan.registry.acvip.health;

import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.concurrent.CompletionStage;

/** Port: looks at one endpoint once. */
public interface Probe {
    /** The stage completes within little more than the timeout of the check, on any thread, and does not fail. */
    CompletionStage<ProbeResult> look(Endpoint at, HealthCheck check);
}
