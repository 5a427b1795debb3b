package io.twinspan.registry.node.wire;

import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.ConfigStatus;
import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.message.FetchConfigStatus;
import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.message.FetchWatchers;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.ProvidedComparison;
import io.twinspan.registry.message.ProvidedHeld;
import io.twinspan.registry.message.Watchers;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.FetchClientsOffRequest;
import io.twinspan.registry.node.wire.proto.FetchPoliciesRequest;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;

/** The kinds of messages about policies, about clients that are off, and about configuration that all datacenters share. */
final class ConfigKinds {
    private ConfigKinds() {}

    static void requests(MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> kinds) {
        kinds.kind(
                        FetchPolicies.class,
                        RequestEnvelope.RequestCase.FETCH_POLICIES,
                        (form, q) -> form.setFetchPolicies(FetchPoliciesRequest.getDefaultInstance()),
                        form -> new FetchPolicies())
                .kind(
                        FetchClientsOff.class,
                        RequestEnvelope.RequestCase.FETCH_CLIENTS_OFF,
                        (form, q) -> form.setFetchClientsOff(FetchClientsOffRequest.getDefaultInstance()),
                        form -> new FetchClientsOff())
                .kind(
                        OfferProvided.class,
                        RequestEnvelope.RequestCase.OFFER_PROVIDED,
                        (form, q) -> form.setOfferProvided(ConfigForms.form(q)),
                        form -> ConfigForms.read(form.getOfferProvided()))
                .kind(
                        CompareProvided.class,
                        RequestEnvelope.RequestCase.COMPARE_PROVIDED,
                        (form, q) -> form.setCompareProvided(ConfigForms.form(q)),
                        form -> ConfigForms.read(form.getCompareProvided()))
                .kind(
                        FetchConfigStatus.class,
                        RequestEnvelope.RequestCase.FETCH_CONFIG_STATUS,
                        (form, q) -> form.setFetchConfigStatus(ConfigForms.form(q)),
                        form -> ConfigForms.read(form.getFetchConfigStatus()))
                .kind(
                        FetchWatchers.class,
                        RequestEnvelope.RequestCase.FETCH_WATCHERS,
                        (form, q) -> form.setFetchWatchers(ConfigForms.form(q)),
                        form -> ConfigForms.read(form.getFetchWatchers()));
    }

    static void answers(MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> kinds) {
        kinds.kind(
                        PolicyTable.class,
                        AnswerEnvelope.AnswerCase.POLICY_TABLE,
                        (form, a) -> form.setPolicyTable(PolicyForms.form(a)),
                        form -> PolicyForms.read(form.getPolicyTable()))
                .kind(
                        ClientsOff.class,
                        AnswerEnvelope.AnswerCase.CLIENTS_OFF,
                        (form, a) -> form.setClientsOff(ClientsOffForms.form(a)),
                        form -> ClientsOffForms.read(form.getClientsOff()))
                .kind(
                        ProvidedHeld.class,
                        AnswerEnvelope.AnswerCase.PROVIDED_HELD,
                        (form, a) -> form.setProvidedHeld(ConfigForms.form(a)),
                        form -> ConfigForms.read(form.getProvidedHeld()))
                .kind(
                        ProvidedComparison.class,
                        AnswerEnvelope.AnswerCase.PROVIDED_COMPARISON,
                        (form, a) -> form.setProvidedComparison(ConfigForms.form(a)),
                        form -> ConfigForms.read(form.getProvidedComparison()))
                .kind(
                        ConfigStatus.class,
                        AnswerEnvelope.AnswerCase.CONFIG_STATUS,
                        (form, a) -> form.setConfigStatus(ConfigForms.form(a)),
                        form -> ConfigForms.read(form.getConfigStatus()))
                .kind(
                        Watchers.class,
                        AnswerEnvelope.AnswerCase.WATCHERS,
                        (form, a) -> form.setWatchers(ConfigForms.form(a)),
                        form -> ConfigForms.read(form.getWatchers()));
    }
}
