package io.twinspan.registry.failover;

import io.twinspan.registry.runtime.EventLoop;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one run, step by step: it is written that the step begins, the step is checked, acted and verified, and it is written
 * that the step is done. Nothing is remembered but in the journal, so that another driver goes on wherever this one was when it
 * died: it checks and acts again what was begun, which changes nothing where it was done.
 *
 * <p>Before the commit, a step that cannot be done undoes the run, unless it is forced: then it is given up with a note. After the
 * commit nothing is undone: what cannot be done within its bound is given up with a note. A hook of the operator that fails halts a
 * run that is not forced: only its operator knows what to do then. Belongs to one event loop.
 */
public final class FailoverDriver {
    private final FailoverActions actions;
    private final RunJournal journal;
    private final EventLoop loop;
    private final LongSupplier nowMillis;
    private final DriverSettings settings;
    private @Nullable FailoverRun run;
    private long stepSince;
    private boolean isCommitUnknown;
    private boolean isStopped = true;

    /** @param nowMillis wall clock, for the notes only */
    public FailoverDriver(
            FailoverActions actions,
            RunJournal journal,
            EventLoop loop,
            LongSupplier nowMillis,
            DriverSettings settings) {
        this.actions = actions;
        this.journal = journal;
        this.loop = loop;
        this.nowMillis = nowMillis;
        this.settings = settings;
    }

    /** Goes on with a run as the journal has it. A driver drives one run in its life. */
    public void drive(FailoverRun written) {
        run = written;
        isStopped = false;
        stepSince = loop.nanos();
        proceed();
    }

    /** It is written that the run is to be undone: that begins as soon as what is under way has answered. */
    public void abort(FailoverRun written) {
        run = written;
        stepSince = loop.nanos();
    }

    /** Does nothing from now on; somebody else may go on. */
    public void stop() {
        isStopped = true;
    }

    /** True while it does something. */
    public boolean isDriving() {
        return !isStopped;
    }

    private void proceed() {
        FailoverRun now = run;
        if (isStopped || now == null) {
            return;
        }
        if (!now.isRunning() || now.state() == FailoverRun.State.HALTED) {
            isStopped = true;
        } else if (now.state() == FailoverRun.State.ABORTING && now.order().isRehearsal()) {
            // What stands there now, an earlier run or an operator has put there.
            onUndo(StepResult.done("nothing was done"));
        } else if (now.state() == FailoverRun.State.ABORTING) {
            ask(actions.undo(now, now.step()), this::onUndo);
        } else if (!now.isBegun()) {
            write(now.begun());
        } else {
            ask(actions.check(now, now.step()), this::onCheck);
        }
    }

    private void onCheck(StepResult result) {
        FailoverRun now = current();
        switch (result.word()) {
            case DONE -> done(result.text());
            case REFUSED -> cannot(result.text());
            case NOT_YET -> {
                if (now.order().isRehearsal()) {
                    // Nothing is acted, and so nothing can be verified: that it might begin is all that can be known.
                    done("would begin; " + result.text());
                } else {
                    ask(actions.act(now, now.step()), this::onAct);
                }
            }
        }
    }

    private void onAct(StepResult result) {
        FailoverRun now = current();
        switch (result.word()) {
            case DONE -> ask(actions.verify(now, now.step()), this::onVerify);
            case REFUSED -> cannot(result.text());
            case NOT_YET -> {
                // A commit whose answer was lost is tried until it is known whether it was taken.
                if (isTimeOver(now.step()) && !isCommitUnknown) {
                    cannot(late(result.text()));
                } else {
                    loop.schedule(settings.pause(), this::proceed);
                }
            }
        }
    }

    private void onVerify(StepResult result) {
        FailoverRun now = current();
        if (result.isDone()) {
            done(result.text());
        } else if (result.word() == StepResult.Word.REFUSED || isTimeOver(now.step())) {
            if (now.step().isBeforeCommit() || now.step().isHooks()) {
                cannot(late(result.text()));
            } else {
                done("GIVEN UP: " + late(result.text()));
            }
        } else {
            loop.schedule(settings.pause(), () -> {
                if (!now.equals(run)) {
                    proceed();
                } else if (!isStopped) {
                    ask(actions.verify(now, now.step()), this::onVerify);
                }
            });
        }
    }

    private void onUndo(StepResult result) {
        FailoverRun now = current();
        if (result.isDone()) {
            write(now.undone(nowMillis.getAsLong(), result.text()));
        } else if (result.word() == StepResult.Word.REFUSED || isTimeOver(now.step())) {
            write(now.undone(nowMillis.getAsLong(), "NOT undone: " + result.text()));
        } else {
            loop.schedule(settings.pause(), this::proceed);
        }
    }

    private void done(String text) {
        write(current().stepDone(nowMillis.getAsLong(), text));
    }

    /** The step was not carried out and will not be. */
    private void cannot(String why) {
        FailoverRun now = current();
        boolean isCommit = now.step() == FailoverStep.COMMIT;
        if (now.order().isRehearsal()) {
            done("would be REFUSED: " + why);
        } else if (now.step().isHooks() && !now.order().isForced()) {
            write(now.halted(nowMillis.getAsLong(), why));
        } else if (isCommit || (now.step().isBeforeCommit() && !now.order().isForced())) {
            write(now.aborting(nowMillis.getAsLong(), now.step() + " cannot be done: " + why));
        } else {
            done("GIVEN UP: " + why);
        }
    }

    private String late(String why) {
        FailoverStep step = current().step();
        return isTimeOver(step) ? "not within " + settings.within(step) + ": " + why : why;
    }

    private void write(FailoverRun next) {
        FailoverRun before = run;
        journal.write(next)
                .whenComplete((refusal, failure) -> loop.execute(() -> {
                    if (isStopped) {
                        return;
                    }
                    if (failure != null) {
                        // Whether it was written is not known, so nobody may act on it here: whoever leads reads the
                        // journal.
                        loop.schedule(settings.pause(), () -> {
                            if (!isStopped) {
                                write(next);
                            }
                        });
                    } else if (!refusal.isEmpty()) {
                        isStopped = true;
                    } else {
                        if (Objects.equals(run, before)) {
                            run = next;
                            stepSince = loop.nanos();
                        }
                        proceed();
                    }
                }));
    }

    private void ask(CompletionStage<StepResult> question, Consumer<StepResult> onAnswer) {
        FailoverRun asked = run;
        question.whenComplete((result, failure) -> loop.execute(() -> {
            if (!Objects.equals(asked, run)) {
                proceed();
            } else if (!isStopped) {
                isCommitUnknown |= failure != null && run != null && run.step() == FailoverStep.COMMIT;
                onAnswer.accept(failure == null ? result : StepResult.notYet(String.valueOf(failure.getMessage())));
            }
        }));
    }

    private boolean isTimeOver(FailoverStep step) {
        return loop.nanos() - stepSince > settings.within(step).toNanos();
    }

    private FailoverRun current() {
        FailoverRun now = run;
        if (now == null) {
            throw new IllegalStateException("nothing is driven");
        }
        return now;
    }
}
