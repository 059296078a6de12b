//! Every sentence of an explanation, in both languages: the one place.

use crate::http::request::Language;

macro_rules! phrases {
    ($($name:ident $vi:literal $en:literal;)*) => {
        /// A sentence of an explanation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Phrase { $(#[doc = $en] $name),* }

        impl Phrase {
            /// All sentences.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// The sentence in Vietnamese.
            pub const fn vi(self) -> &'static str { match self { $(Self::$name => $vi),* } }
            /// The sentence in English.
            pub const fn en(self) -> &'static str { match self { $(Self::$name => $en),* } }
        }
    };
}

phrases! {
    // The day.
    Today "Số liệu đến hết ngày tính theo giờ Việt Nam." "Figures at the end of the day in Vietnam.";
    Past "Số liệu đến hết ngày tính, theo cây tổ chức và trạng thái khi đó; việc đã nộp được xét theo câu trả lời biết đến nay." "Figures at the end of that day, with the tree and the states then in force; what was handed in is judged by the answers known now.";
    Future "Ngày ở tương lai: những gì sẽ quá hạn nếu từ nay không có gì thay đổi." "A day in the future: what will be overdue if nothing moves from now on.";

    // The rules.
    Total "Đầu việc không bị hủy; việc mới đăng ký hoặc bị trả lại cũng được tính." "Tasks that are not cancelled; registered and returned ones count too.";
    Cancelled "Đầu việc đã hủy: nêu riêng, không nằm trong con số nào khác." "Cancelled tasks: given apart, in no other figure.";
    Done "Đầu việc đã được xác nhận hoàn thành, tính từ ngày nộp kết quả được chấp nhận; tiến độ 100% chưa ai xác nhận thì chưa tính." "Tasks whose completion was confirmed, from the day of the submission that was accepted; 100 % that nobody confirmed is not done.";
    DoneOnTime "Hoàn thành, kết quả nộp không sau hạn; hạn là hạn có khi hạn ban đầu kết thúc, gia hạn xin trước đó thì được tính." "Done, handed in not after the due date as it stood when the original one ended; an extension asked for by then counts.";
    DoneLate "Hoàn thành, kết quả nộp sau hạn đó; gia hạn xin sau không làm muộn thành đúng hạn." "Done, handed in after that date; an extension asked for later never turns late into on time.";
    Overdue "Chưa hoàn thành, chưa nộp kết quả và hạn hiện hành ở trước ngày tính; đúng ngày đến hạn thì chưa quá hạn." "Neither done nor handed in, and the due date in force lies before the day; due on the day itself is not overdue.";
    Awaiting "Đã nộp kết quả mà nơi giao việc chưa trả lời; thời gian chờ tính cho nơi giao việc." "Handed in and not answered; the clock runs against the assigner.";
    DonePct "Số hoàn thành chia cho tổng số." "Done divided by total.";
    OverduePct "Số quá hạn chia cho tổng số; việc không có hạn vẫn nằm trong tổng số." "Overdue divided by total; tasks without a due date stay in the total.";
    OnTimePct "Số hoàn thành đúng hạn chia cho số hoàn thành có hạn cộng số quá hạn." "Done on time divided by done with a due date plus overdue.";
    WeightedProgress "Tổng trọng số nhân tiến độ chia cho tổng trọng số, theo tiến độ tự báo cáo gần nhất; việc hoàn thành tính 100%." "Sum of weight times progress divided by the sum of weights, by the last stated progress; a done task counts with 100 %.";
    Silent "Đã nhận hoặc đang làm mà số ngày từ báo cáo gần nhất vượt quá nhịp báo cáo, hoặc chưa báo cáo lần nào." "Accepted or in progress, and the days since the last report exceed the rhythm, or nothing was ever reported.";

    ConcurrentHolders "Số người, mỗi người đếm một lần, giữ cùng lúc các chức vụ của ít nhất một mô hình trong phạm vi nêu tên." "People, each once, who hold the posts of at least one model of the named scope at the same time.";
    ConcurrentCases "Số trường hợp theo từng mô hình; ai khớp hai mô hình thì được tính ở cả hai." "Cases of each model; who fits two models counts in both.";

    ValueSum "Cộng số đã duyệt của các đơn vị; đơn vị chưa có số thì không tính, không coi là 0." "The approved values of the units are added; a missing one is left out, not 0.";
    ValueAverage "Bình quân số đã duyệt của các đơn vị có số." "The mean of the approved values of the units that have one.";
    ValueWeighted "Bình quân gia quyền: tổng của số nhân trọng số chia cho tổng trọng số; đơn vị thiếu trọng số thì không tính." "Sum of value times weight divided by the sum of weights; a unit without a weight is left out.";
    ValueLatest "Số của đơn vị có kỳ báo cáo gần nhất; nhiều đơn vị cùng kỳ mà khác số thì không có kết quả." "The value of the unit with the latest period; none when several units of that period disagree.";
    ValueRatio "Tổng tử số chia cho tổng mẫu số, không bình quân các tỷ lệ." "Sum of the numerators divided by the sum of the denominators, never a mean of shares.";
    ValueNotSummed "Chỉ tiêu không tổng hợp theo đơn vị; chỉ có số của chính đơn vị." "Not summed over units; a unit has its own value only.";
    ValueByFormula "Tính theo công thức, từ các thành phần đã được tổng hợp." "Computed by the formula from its parts, each summed first.";
    ValueMissing "Chưa có số liệu đã duyệt của mọi kỳ phải báo cáo." "No approved value for every period that was due.";
    ValueExcluded "Số liệu của đơn vị không cộng vào cấp trên." "The unit's values are not summed above.";
    ValueWithoutWeight "Không có trọng số cho các kỳ đó." "No weight for those periods.";

    ReceiptTotal "Đơn vị được gửi văn bản, không tính đơn vị được miễn và đơn vị đã bị thu hồi." "Units the document was sent to, without those that are exempt and those it was recalled from.";
    ReceiptSeen "Đơn vị đã xem, đã tiếp nhận hoặc đã phân công." "Units that saw it, received it or put somebody in charge.";
    ReceiptReceived "Đơn vị đã tiếp nhận hoặc đã phân công." "Units that received it or put somebody in charge.";
    ReceiptAssigned "Đơn vị đã phân công người thực hiện." "Units that put somebody in charge.";
    ReceiptOverdue "Chưa tiếp nhận và hạn tiếp nhận hiện hành ở trước ngày tính; đúng ngày đến hạn thì chưa quá hạn." "Not received, and the deadline in force lies before the day; due on the day itself is not overdue.";
    ReceiptOnTime "Tiếp nhận không sau hạn đầu tiên đã hết khi chưa được dời; dời hạn sau khi hết không làm muộn thành đúng hạn." "Received not after the first deadline that ran out before it was moved; one moved afterwards never turns late into on time.";
    ReceiptLate "Tiếp nhận sau hạn đó." "Received after that deadline.";
    ReceivedPct "Số đã tiếp nhận chia cho số đơn vị được gửi." "Received divided by the units it was sent to.";
    AssignedPct "Số đã phân công chia cho số đơn vị được gửi." "Assigned divided by the units it was sent to.";
    ReceiptOnTimePct "Số tiếp nhận đúng hạn chia cho số tiếp nhận có hạn cộng số quá hạn." "Received on time divided by received with a deadline plus overdue.";

    StudyUnits "Đơn vị được gửi văn bản hoặc tự triển khai quán triệt, không tính đơn vị được miễn." "Units the document was sent to, or that study it by themselves, without exempt ones.";
    StudyStarted "Đơn vị đã có ít nhất một buổi học tập, quán triệt." "Units with at least one session.";
    StudyCompleted "Đơn vị đã hoàn thành quán triệt, kể cả đã được cấp trên xác nhận." "Units whose study is complete, verified ones too.";
    StudyVerified "Đơn vị được cấp trên kiểm tra mẫu và xác nhận." "Units that a superior confirmed after asking a sample.";
    StudyOnTime "Hoàn thành không sau hạn đầu tiên đã hết khi chưa được dời; dời hạn sau khi hết không làm muộn thành đúng hạn." "Complete not after the first deadline that ran out before it was moved; one moved afterwards never turns late into on time.";
    StudyLate "Hoàn thành sau hạn đó." "Complete after that deadline.";
    StudyOverdue "Chưa hoàn thành và hạn quán triệt hiện hành ở trước ngày tính; đúng ngày đến hạn thì chưa quá hạn." "Not complete, and the deadline in force lies before the day; due on the day itself is not overdue.";
    StudySessions "Số buổi đã tổ chức, của mọi đợt và mọi hình thức." "Sessions held, of every wave and form.";
    StudyCompletedPct "Số đơn vị đã hoàn thành chia cho số đơn vị phải quán triệt." "Complete divided by units.";
    StudyVerifiedPct "Số đơn vị được xác nhận chia cho số đơn vị phải quán triệt." "Verified divided by units.";
    StudyOnTimePct "Số hoàn thành đúng hạn chia cho số hoàn thành có hạn cộng số quá hạn." "Complete on time divided by complete with a deadline plus overdue.";
    StudyAttendedPct "Số cán bộ, đảng viên dự học chia cho số theo kế hoạch; mỗi đối tượng tính không quá số kế hoạch nên người dự hai lần không bù cho người vắng; số như \"trên 650\" tính là 650." "Cadres and members who were there divided by those planned; each class counts up to its planned number, so that who came twice does not stand in for who did not; a number such as \"over 650\" counts as 650.";
    StudyAttended "Số cán bộ, đảng viên dự học, mỗi đối tượng không quá số kế hoạch." "Cadres and members who were there, each class up to its planned number.";
    StudyPlanned "Số cán bộ, đảng viên theo kế hoạch." "Cadres and members who were planned.";
    StudyUnderstoodPct "Số người đạt chia cho số người được kiểm tra; dự học không phải là đã hiểu." "Who passed divided by who was examined; attendance is not understanding.";
    StudyUnderstood "Số người đạt." "Who passed.";
    StudyExamined "Số người được kiểm tra." "Who was examined.";
    RegistrationUnits "Đơn vị thuộc diện đăng ký, không tính bản đăng ký đã kết thúc cùng đơn vị." "Units called upon, without registrations that ended with their unit.";
    RegistrationNotStarted "Đơn vị chưa bắt đầu đăng ký." "Units that have not begun.";
    RegistrationAccepted "Đơn vị có bản đăng ký đã được chấp nhận." "Units whose registration was accepted.";
    RegistrationLate "Gửi lần đầu sau ngày cuối của đợt có hiệu lực khi đó; dời ngày sau khi hết không làm muộn thành đúng hạn." "First handed in after the last day then in force; one moved afterwards never turns late into on time.";
    RegistrationOverdue "Chưa gửi đăng ký lần nào và ngày cuối của đợt ở trước ngày tính." "Never handed in, and the last day of the round lies before the day.";
    RegistrationQuota "Số đầu việc trong khoảng quy định cho cấp và loại đơn vị, theo quy định có hiệu lực trong ngày; ngoài khoảng chỉ cảnh báo." "The number of tasks lies within the quota of the unit's level and kind in force on the day; outside it is a warning only.";
    RegistrationNoKeyTask "Đơn vị chưa có đầu việc trọng tâm hay đột phá nào." "Units without a key or breakthrough task.";
    RegistrationTasks "Đầu việc tạo từ các dòng đăng ký đã được chấp nhận, mỗi dòng một việc." "Tasks made of accepted lines, one of each.";
    RegistrationHandedInPct "Số đơn vị đã gửi ít nhất một lần chia cho số đơn vị thuộc diện đăng ký." "Units that handed in at least once divided by units called upon.";
    RegistrationAcceptedPct "Số đơn vị đã được chấp nhận chia cho số đơn vị thuộc diện đăng ký." "Units accepted divided by units called upon.";
    CoverageUnits "Cặp đơn vị và văn bản phải thực hiện: đơn vị được gửi hoặc tự thực hiện văn bản, không tính nơi được miễn hay đã bị thu hồi." "Pairs of a unit and a document that apply: it was sent to the unit, or the unit works on it; not where it is exempt or the document was recalled.";
    CoverageStudied "Đơn vị đã hoàn thành quán triệt; tổ chức buổi học mà chưa hoàn thành thì chưa tính." "Units whose study is complete; sessions held without that do not count.";
    CoverageMissing "Chưa ban hành chương trình hành động nào nêu văn bản này." "No programme that names this document was issued.";
    CoverageMissingOverdue "Chưa ban hành chương trình và hạn hiện hành ở trước ngày tính." "No programme was issued, and the deadline in force lies before the day.";
    CoverageLate "Ban hành chương trình sau hạn đầu tiên đã hết khi chưa được dời." "A programme was issued after the first deadline that ran out before it was moved.";
    CoverageIssued "Ban hành chương trình không sau hạn, hoặc không có hạn." "A programme was issued not after the deadline, or there is none.";
    CoverageAny "Đã ban hành chương trình, đúng hạn hoặc chậm." "A programme was issued, in time or late.";
    CoverageJudged "Đã ban hành cộng chưa ban hành mà đã quá hạn." "Issued, plus missing past the deadline.";
    CoverageTasks "Đầu việc của đơn vị và cấp dưới đưa văn bản vào thực hiện: nêu văn bản, một nội dung của văn bản, hoặc một văn bản cụ thể hóa văn bản đó qua bao nhiêu cấp cũng vậy; mỗi việc tính một lần, không tính việc đã hủy." "Tasks of the unit and of those below it that put the document into practice: they name it, one of its items, or a document that puts it into practice over any number of steps; each counts once, cancelled ones aside.";
    CoverageReceivedPct "Số đã tiếp nhận chia cho số phải thực hiện." "Received divided by those that apply.";
    CoverageStudiedPct "Số đã hoàn thành quán triệt chia cho số phải thực hiện." "Studies complete divided by those that apply.";
    CoverageProgrammePct "Số đã ban hành chương trình, đúng hạn hoặc chậm, chia cho số phải thực hiện." "Programmes issued, in time or late, divided by those that apply.";
    CoverageOnTimePct "Số ban hành không sau hạn chia cho số đã ban hành cộng số chưa ban hành mà đã quá hạn." "Programmes issued not after the deadline divided by all issued plus those missing past it.";

    CriteriaUnits "Đơn vị thuộc cấp, loại mà bộ tiêu chí áp dụng và tồn tại trong ngày tính." "Units of the level and kind that the set judges, that exist on the day.";
    CriteriaComplete "Đơn vị được thẩm định đạt tất cả tiêu chí của bộ." "Units verified as meeting every criterion of the set.";
    CriteriaRecognised "Đơn vị có quyết định công nhận theo bộ tiêu chí này đang có hiệu lực; chỉ công nhận bằng quyết định." "Units whose recognition under this set is in force; by decision only.";
    CriteriaWithLost "Đơn vị có tiêu chí đã đạt nay không giữ được." "Units with a criterion that was met and is met no longer.";
    CriteriaNotHolding "Đơn vị có tiêu chí phải giữ vững mà hiện không đạt." "Units that do not meet a criterion they must hold.";
    CriteriaAwaiting "Tiêu chí đơn vị đã tự đánh giá mà cấp trên chưa trả lời." "Criteria that units assessed themselves and nobody above has answered.";
    CriteriaCompletePct "Số đơn vị đạt tất cả tiêu chí chia cho số đơn vị." "Units meeting every criterion divided by units.";
    CriteriaRecognisedPct "Số đơn vị được công nhận chia cho số đơn vị." "Units recognised divided by units.";
    CriteriaMetPct "Số lượt tiêu chí đạt chia cho số lượt tiêu chí của mọi đơn vị; chỉ tính kết quả đã thẩm định." "Criteria met divided by criteria, over all units; only what was verified counts.";

    // The parts.
    CriteriaMet "Số lượt tiêu chí được thẩm định là đạt." "Criteria verified as met, over all units.";
    CriteriaAll "Số tiêu chí nhân số đơn vị." "Criteria times units.";
    JudgedStudies "Số hoàn thành có hạn cộng số quá hạn." "Complete with a deadline plus overdue.";
    JudgedReceipts "Số tiếp nhận có hạn cộng số quá hạn." "Received with a deadline plus overdue.";
    Tasks "Số đầu việc." "Number of tasks.";
    JudgedOnTime "Số hoàn thành có hạn cộng số quá hạn." "Done with a due date plus overdue.";
    WeightTimesProgress "Tổng của trọng số nhân tiến độ chia 100." "Sum of weight times progress over 100.";
    Weights "Tổng trọng số." "Sum of weights.";

    // What is left out.
    OutCancelled "Đã hủy: ra khỏi mọi phép đếm và trọng số." "Cancelled: out of every count and weight.";
    OutNoDueDate "Không có hạn: không thể đúng hạn hay quá hạn." "No due date: nothing to be on time or late against.";
    OutNotYetDue "Đang làm, hạn chưa qua." "Open, and the due date has not passed.";
    OutAwaiting "Đã nộp, đang chờ xác nhận." "Handed in and waiting for the answer.";
    OutWithoutWeight "Trọng số bằng 0: không thêm gì vào tổng." "Weight 0: adds nothing to either sum.";

    OutUnverified "Đơn vị có tiêu chí tự đánh giá chưa được thẩm định: phần đó chưa được tính là đạt." "Units with self-assessments that are not verified: those do not count as met.";

    // Why a unit stands where it does.
    LackingProgress "Phần trọng số nhân tiến độ còn thiếu để bằng điểm liền trên." "The weight times progress that is lacking to draw level with the next better score.";
    LackingDone "Số đầu việc cần được xác nhận hoàn thành thêm để bằng điểm liền trên." "How many more tasks have to be confirmed to draw level with the next better score.";
    LackingOnTime "Số đầu việc đang làm cần hoàn thành đúng hạn thêm để bằng điểm liền trên." "How many more open tasks have to be done on time to draw level with the next better score.";
    OutOfReach "Không thể bằng điểm liền trên chỉ bằng cách làm tốt những việc còn lại." "The next better score cannot be reached by doing well what is left.";
    NoTasks "Không có đầu việc nào được tính." "There are no tasks that count.";
    NoWeight "Tổng trọng số các đầu việc bằng 0." "The weights of the tasks sum to 0.";
    NothingDue "Chưa có đầu việc nào có hạn mà đã hoàn thành hoặc quá hạn." "No task with a due date is done or overdue.";
    OutExempt "Được miễn thực hiện, có lý do." "Exempt, with a reason.";
    OutRecalled "Đã thu hồi văn bản, có lý do." "Recalled, with a reason.";
    OutReceiptNoDueDate "Không có hạn tiếp nhận: không thể đúng hạn hay quá hạn." "No deadline of receipt: nothing to be on time or late against.";
    OutNotApplicable "Được miễn thực hiện hoặc văn bản đã bị thu hồi, có lý do: nêu riêng, không nằm trong con số nào khác." "Exempt, or the document was recalled, with a reason: given apart, in no other figure.";
    OutProgrammeNotYetDue "Chưa ban hành, hạn chưa qua hoặc không có hạn." "Not issued, and the deadline has not passed or there is none.";
    OutReceiptNotYetDue "Chưa tiếp nhận, hạn chưa qua." "Not received, and the deadline has not passed.";
    OutStudyNoDueDate "Không có hạn quán triệt: không thể đúng hạn hay quá hạn." "No deadline of study: nothing to be on time or late against.";
    OutStudyNotYetDue "Chưa hoàn thành, hạn chưa qua." "Not complete, and the deadline has not passed.";
    OutUnplanned "Kế hoạch không nêu số người: không tính được tỷ lệ." "The plan gives no numbers: no share can be told.";
    OutClassUnplanned "Có đối tượng không có số kế hoạch: đối tượng đó không tính." "Some class has no planned number: that class is left out.";
    OutUnchecked "Chưa kiểm tra nhận thức: không có số liệu." "Nobody was examined: no data.";
    OutOtherScope "Chỉ khớp mô hình của phạm vi khác." "Fits only models of other scopes.";
    OutNoModel "Giữ nhiều chức vụ cùng lúc nhưng không khớp mô hình nào." "Holds several posts at once that are no model.";

    // Periodic reports.
    ReportsRequired "Báo cáo phải nộp: đơn vị tồn tại vào ngày cuối kỳ và không được miễn; báo cáo chưa đến hạn cũng được tính." "Reports owed: the unit exists on the period's last day and is not exempt; those not yet due count too.";
    ReportsSubmitted "Báo cáo đã nộp, kể cả báo cáo không phát sinh; dự thảo và báo cáo bị trả lại thì chưa tính." "Reports that were handed in, nil ones too; drafts and returned ones are not.";
    ReportsOnTime "Lần nộp đầu tiên không sau hạn nộp." "Handed in for the first time not after the deadline.";
    ReportsLate "Lần nộp đầu tiên sau hạn nộp." "Handed in for the first time after the deadline.";
    ReportsMissing "Quá hạn mà chưa có báo cáo: chưa nộp, còn là dự thảo hoặc bị trả lại." "Overdue and not there: never handed in, still a draft, or returned.";
    ReportsPending "Chưa có báo cáo, chưa đến hạn." "Not there and not yet due.";
    ReportsCompleteness "Số đã nộp chia cho số phải nộp." "Submitted divided by required.";
    ReportsTimeliness "Số đúng hạn chia cho số phải nộp." "On time divided by required.";
    ReportsTimelinessOfSubmitted "Số đúng hạn chia cho số đã nộp." "On time divided by submitted.";
    ReportsImported "Báo cáo đã nộp được nạp từ sổ sách cũ." "Submitted reports that were loaded from earlier books.";
    OutReportExempt "Được miễn báo cáo, có lý do." "Exempt, with a reason.";
    OutNotRequired "Không phải nộp: kỳ không yêu cầu, đơn vị chưa có hoặc đã kết thúc." "Not required: the period is not asked for, or the unit was not there yet or no more.";

    // The ground of the figures.
    Imported "Phần đầu việc có dữ kiện được nạp từ sổ sách cũ." "The share of tasks with facts that were loaded from earlier books.";
    Since "Thay đổi có hiệu lực sau ngày tính; chúng thuộc về ngày của mình, trừ câu trả lời cho kết quả đã nộp." "Changes that took effect after the day; they count on their own day, but for answers to what was handed in.";
    BeyondDetail "Đầu việc ở các đơn vị sâu hơn mức bạn được đọc từng bản ghi: có trong con số, không có trong danh sách." "Tasks of units deeper than you read one by one: in the figures, not in the lists.";
}

impl Phrase {
    /// The sentence in a language.
    pub fn say(self, language: Language) -> String {
        language.pick(self.vi(), self.en())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_one_in_both_languages() {
        for phrase in Phrase::ALL {
            assert!(phrase.vi().ends_with('.') && phrase.en().ends_with('.'), "{phrase:?}");
            assert_ne!(phrase.vi(), phrase.en());
        }
    }
}
