package io.twinspan.registry.message;

import io.twinspan.registry.federation.FederationState;

/**
 * The answer to {@link OfferDuty}.
 *
 * @param state what is known after the offer
 * @param refusal why the offer was not believed; empty when it was
 */
public record DutyHeld(FederationState state, String refusal) {}
