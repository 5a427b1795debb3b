package io.twinspan.registry.acvip.dns;

import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.domain.AnswerAges;
import java.util.concurrent.CompletionStage;

/** Port: who knows how old an answer is that was given just now. Asked only by those who are told ages. */
public interface AgeSource {
    /** The stage does not fail. */
    CompletionStage<AnswerAges> of(DomainAnswer answer);
}
