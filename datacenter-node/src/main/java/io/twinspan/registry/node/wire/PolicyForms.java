package io.twinspan.registry.node.wire;

import io.twinspan.registry.node.wire.proto.PolicyRuleData;
import io.twinspan.registry.node.wire.proto.PolicyTableAnswer;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.policy.ViewPolicy;

/** Policies as protobuf messages and back; refuses as {@link DatumForms} does. */
public final class PolicyForms {
    private PolicyForms() {}

    /** A table. */
    public static PolicyTableAnswer form(PolicyTable table) {
        PolicyTableAnswer.Builder form = PolicyTableAnswer.newBuilder().setVersion(table.version());
        table.rules().forEach(rule -> form.addRules(form(rule)));
        return form.build();
    }

    /** A table. */
    public static PolicyTable read(PolicyTableAnswer form) {
        return new PolicyTable(
                form.getVersion(),
                form.getRulesList().stream().map(PolicyForms::read).toList());
    }

    /** A rule. */
    public static PolicyRuleData form(PolicyRule rule) {
        PolicyRuleData.Builder form = PolicyRuleData.newBuilder()
                .setPeer(rule.target().peer())
                .setGroup(rule.target().group())
                .setService(rule.target().service());
        FetchPolicy fetch = rule.fetch();
        if (fetch != null) {
            form.setFetch(fetch.word());
        }
        Boolean isPushed = rule.isPushed();
        if (isPushed != null) {
            form.setPushed(isPushed);
        }
        ViewPolicy view = rule.view();
        if (view != null) {
            form.setView(view.word());
        }
        Boolean isWithdrawn = rule.isWithdrawn();
        if (isWithdrawn != null) {
            form.setWithdrawn(isWithdrawn);
        }
        return form.build();
    }

    /** A rule. */
    public static PolicyRule read(PolicyRuleData form) {
        return new PolicyRule(
                new PolicyTarget(form.getPeer(), form.getGroup(), form.getService()),
                form.hasFetch() ? FetchPolicy.ofWord(form.getFetch()) : null,
                form.hasPushed() ? form.getPushed() : null,
                form.hasView() ? ViewPolicy.ofWord(form.getView()) : null,
                form.hasWithdrawn() ? form.getWithdrawn() : null);
    }
}
