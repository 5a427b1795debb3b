package io.twinspan.registry.acvip.dns;

import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Lookup;
import java.util.concurrent.CompletionStage;

/** Port: who knows what domains are, for the place of this server. */
public interface DomainSource {
    /** The stage does not fail. */
    CompletionStage<Lookup> ask(DomainName name);
}
