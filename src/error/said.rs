//! What fills a `{name}` place of a text, in both languages.
//!
//! There is no way from a bare `&str`: a fixed English phrase belongs into [`Phrase`], with its
//! Vietnamese, or it would stand in the middle of a Vietnamese text.

use chrono::NaiveDate;
use std::borrow::Cow;

/// A value as programs and English texts give it, and in Vietnamese where that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    plain: Cow<'static, str>,
    vi: Option<Cow<'static, str>>,
}

impl Said {
    /// Something that is written alike everywhere: a media type, a name of the API.
    pub const fn alike(text: &'static str) -> Self {
        Self { plain: Cow::Borrowed(text), vi: None }
    }

    /// A word with its Vietnamese.
    pub fn both(plain: impl Into<Cow<'static, str>>, vi: impl Into<Cow<'static, str>>) -> Self {
        Self { plain: plain.into(), vi: Some(vi.into()) }
    }

    /// Several as one, with a separator between them.
    pub fn joined(parts: &[Self], separator: &str) -> Self {
        let join = |say: fn(&Self) -> &str| parts.iter().map(say).collect::<Vec<_>>().join(separator);
        Self::both(join(Self::plain), join(Self::vi))
    }

    /// With a value after it, which both languages write alike.
    pub fn and(self, value: impl std::fmt::Display) -> Self {
        Self::both(format!("{} {value}", self.plain()), format!("{} {value}", self.vi()))
    }

    /// For programs, and in English.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// In Vietnamese.
    pub fn vi(&self) -> &str {
        self.vi.as_deref().unwrap_or(&self.plain)
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { plain: text.into(), vi: None }
    }
}

macro_rules! alike {
    ($($kind:ty)*) => {
        $(impl From<$kind> for Said {
            fn from(value: $kind) -> Self { value.to_string().into() }
        })*
    };
}
alike!(i32 u32 i64 u64 usize NaiveDate);

macro_rules! phrases {
    ($($variant:ident $plain:literal $vi:literal;)*) => {
        /// Fixed phrases: what programs and English texts say, and the Vietnamese.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Phrase { $(#[doc = $plain] $variant),* }

        impl From<Phrase> for Said {
            fn from(phrase: Phrase) -> Self {
                match phrase { $(Phrase::$variant => Self::both($plain, $vi)),* }
            }
        }
    };
}

phrases! {
    // What was expected.
    Null "null" "null";
    Boolean "boolean" "giá trị đúng/sai (true, false)";
    Integer "integer" "số nguyên";
    Number "number" "số";
    Text "string" "chuỗi ký tự";
    List "array" "danh sách";
    Object "object" "đối tượng";
    Day "YYYY-MM-DD" "ngày dạng YYYY-MM-DD";
    Cursor "cursor" "con trỏ trang mà hệ thống đã trả về";
    Json "JSON" "JSON hợp lệ";
    LettersOrFigures "letters or figures" "chữ cái hoặc chữ số";
    Formula "names of indicators and numbers with + - * / ( ) min max abs" "công thức gồm mã chỉ tiêu, số và + - * / ( ) min max abs";
    Sha256 "64 hexadecimal figures" "64 chữ số thập lục phân viết thường";
    KeyText "\"1-255 characters\"" "khóa dài 1-255 ký tự";
    VersionTag "\"v17\"" "phiên bản dạng \"v17\"";
    // States beyond the words of a life cycle.
    ClosedUnit "closed" "đã kết thúc hoạt động";
    ExtensionPending "extension pending" "đang chờ quyết định gia hạn";
    Reached "reached" "đã đạt";
    WholeInstance "whole instance" "phân công trên toàn hệ thống";
    Ended "ended" "đã kết thúc";
    Disabled "disabled" "đã khóa";
    Enabled "enabled" "đang dùng";
    Erased "erased" "đã xóa dữ liệu cá nhân";
    // Why something is not allowed.
    AnotherTree "another tree" "thuộc hệ thống tổ chức khác";
    AnotherUnit "another unit" "thuộc đơn vị khác";
    Level "level" "không đúng thứ bậc";
    NotYetOpen "not yet open" "chưa hoạt động vào ngày đó";
    Depth "depth" "quá nhiều cấp";
    Twice "twice" "lặp lại";
    Itself "itself" "chính đơn vị này";
    OnlyConfirm "confirm" "chỉ dùng khi xác nhận hoàn thành";
    OwnWork "own work" "đơn vị không tự đánh giá việc của mình khi có cấp trên";
    BelowLead "below the lead unit" "ở dưới đơn vị chủ trì";
    OnlyAdmin "role" "chỉ quản trị được phân công trên toàn hệ thống";
    AfterTheTask "after the task's due date" "sau hạn hoàn thành của đầu việc";
    MilestoneBefore "a milestone is due before" "có mốc công việc đến hạn trước ngày đó";
    PartBefore "a part is due before" "có phần việc phối hợp đến hạn trước ngày đó";
    TheLeadUnit "the lead unit" "chính đơn vị chủ trì";
    OtherLength "a period of another length" "kỳ có độ dài khác kỳ của chỉ tiêu";
    OtherPeriods "an indicator of other periods, or a computed one" "chỉ tiêu theo kỳ khác hoặc chỉ tiêu tính toán";
    Computed "a computed indicator" "chỉ tiêu tính toán, không nhập số liệu";
    RetiredIndicator "no longer reported" "chỉ tiêu không còn được báo cáo";
    OfAShare "only for shares" "chỉ dùng cho chỉ tiêu tính theo tử số, mẫu số";
    OfADay "only for milestones" "chỉ dùng cho chỉ tiêu mốc thời gian";
    OfAVerdict "only for qualitative indicators" "chỉ dùng cho chỉ tiêu định tính";
    ShareByParts "a share is given by its parts" "chỉ tiêu tỷ lệ nhập tử số và mẫu số";
    NoWeights "only for weighted averages" "chỉ dùng cho chỉ tiêu bình quân gia quyền";
    OneValue "a base is one value" "mức nền là một giá trị";
    BelowTheLowerEnd "below the lower end" "nhỏ hơn đầu dưới của khoảng";
    OutsideTheTarget "outside the target's time, or not after the step before" "ngoài thời gian của chỉ tiêu hoặc không sau bước trước";
    StepsAddUpTo "the steps add up to" "các bước cộng lại bằng";
    PeriodOrDay "either a period or a day" "chỉ nêu kỳ hoặc ngày";
    TargetOfTheTime "target for the same time of" "chỉ tiêu cùng thời gian của";
    TimeIsOver "its time is over: a figure is judged by the target that was in force on its day" "đã hết thời gian: số liệu được đánh giá theo chỉ tiêu có hiệu lực vào ngày của nó";
    CorrectionPending "correction pending" "đang chờ quyết định đính chính";
    CorrectionOutdated "no longer what was to be corrected" "nay đã khác số liệu được đề nghị đính chính";
    NotANumber "what is no number" "không phải số";
    NoReportedIndicator "no reported indicator with the code" "không có chỉ tiêu được báo cáo với mã";
    OtherFormPeriods "an indicator of other periods than the form, or a computed one" "chỉ tiêu theo kỳ khác mẫu báo cáo hoặc chỉ tiêu tính toán";
    NotBelowOwner "neither the unit that asks nor below it" "không phải đơn vị yêu cầu báo cáo hoặc cấp dưới";
    PeriodBegun "the period has begun" "kỳ này đã bắt đầu";
    PeriodEnded "the period has ended" "kỳ này đã kết thúc";
    NotInForce "not asked for this period" "mẫu báo cáo không yêu cầu kỳ này";
    NotAskedForm "the form is not asked of this unit" "đơn vị không thuộc diện nộp báo cáo này";
    UnknownItem "no item with the code" "mẫu không có dòng nào với mã";
    NotInForm "no such line in the form" "mẫu báo cáo không có dòng này";
    ComputedLine "a computed line" "dòng được tính tự động";
    NotForItem "not for a line of this kind" "không dùng cho loại dòng này";
    NotNil "this line may not be nil" "dòng này không được báo không phát sinh";
    NilWithFigures "a nil report has no figures" "báo cáo không phát sinh thì không có số liệu";
    HeldBy "another person holds the draft" "người khác đang soạn dự thảo này";
    Held "you hold it already" "bạn đang soạn dự thảo này";
    NothingToUndo "nothing is approved yet" "chưa có cấp nào duyệt";
    UsedAbove "used in the report of the unit above" "đã tổng hợp vào báo cáo của cấp trên";
    FigureReturned "a figure was returned:" "có số liệu đã bị trả lại:";
    WaitsInForm "another figure waits in the form" "số liệu khác đang chờ duyệt trong mẫu";
    NoThreshold "a criterion without a number to reach" "tiêu chí không có mức đạt bằng số";
    OutsideRange "outside the range" "ngoài khoảng";
    UnlikePast "unlike the periods before" "khác thường so với các kỳ trước";
    UnlikePeers "unlike units of the same level" "khác thường so với đơn vị cùng cấp";
    Submission "a report for this unit and period" "báo cáo của đơn vị trong kỳ này";
    Https "https://…" "địa chỉ phải bắt đầu bằng https://";
    TermStarts "the term starts on" "nhiệm kỳ đã ghi bắt đầu ngày";
    HeldTo "held until" "chức vụ chỉ được giữ đến";
    SamePerson "the same person" "chính người đang giữ chức vụ";
    InThePast "in the past" "trước hôm nay";
    ValidFrom "valid_from" "phân công chỉ có hiệu lực từ";
    ValidTo "valid_to" "phân công chỉ có hiệu lực đến";
    OnlyIssuerOrSuperior "only the issuer or a superior" "chỉ cơ quan ban hành hoặc cấp trên được sửa đổi, thay thế, bãi bỏ";
    OtherType "another type" "số mang ký hiệu của loại văn bản khác:";
    TypeNotIssued "not issued by this organ" "cơ quan này không ban hành loại văn bản đó, theo";
    NoIssuerCode "the issuer has no issuer_code" "đơn vị chưa có ký hiệu cơ quan ban hành (issuer_code)";
    NotBoth "number_text or take_next_number" "chỉ dùng một trong hai: number_text hoặc take_next_number";
    NotBothParents "parent or parent_id" "chỉ dùng một trong hai: parent hoặc parent_id";
    DoesNotAmend "it does not amend this document" "văn bản đó không sửa đổi, thay thế văn bản này";
    BeforeIssue "before its issue" "trước ngày ban hành";
    NotBelow "not below the acting unit" "không thuộc đơn vị đang thao tác";
    NotIssued "not issued" "văn bản chưa ban hành";
    TermOrYear "term_id or year" "chỉ dùng một trong hai: term_id hoặc year";
    NotCalledUpon "not called upon in this round" "đơn vị không thuộc diện đăng ký trong đợt này";
    Imposed "imposed by the unit that opened the round" "do đơn vị mở đợt đăng ký giao, chỉ lãnh đạo đơn vị đó được đổi";
    LineAccepted "accepted already" "đầu việc này đã được chấp nhận";
    NoLines "no lines" "chưa có đầu việc nào";
    NotAsked "the document does not touch it" "văn bản này không tác động đến nội dung đó";
    BeforeReceipt "before receipt_due_on" "trước hạn tiếp nhận";
    // States of a study.
    WaveNotPlanned "not planned" "không có trong kế hoạch";
    EarlierWaveOpen "an earlier wave is not complete" "đợt trước chưa hoàn thành";
    NoSession "no session yet" "chưa có buổi học nào";
    MembersWave "the wave of cadres and members is missing" "thiếu đợt dành cho cán bộ, đảng viên";
    WaveBegun "a wave that has begun stays in the plan" "đợt đã triển khai thì không bỏ khỏi kế hoạch";
    WaveComplete "a wave that is complete stays as it is" "đợt đã hoàn thành thì không đổi";
    AverageWithScale "average_hundredths and scale go together" "average_hundredths và scale đi cùng nhau";
    NoAdoptionRule "no adoption rule for this level and origin on" "chưa có quy định về việc thông qua cho cấp và nguồn này vào ngày";
    RuleNamesBody "the rule names" "theo quy định, phải do";
    VotesDoNotAddUp "the votes are not as many as those present:" "tổng số phiếu khác số người có mặt:";
    MoreThanShare "in favour must be more than this share of those present:" "số phiếu tán thành phải nhiều hơn tỷ lệ này của số người có mặt:";
    NoVoteHere "discussed without a vote" "chỉ thảo luận, không biểu quyết";
    WorkedAnyway "a weekday is worked anyway" "ngày trong tuần vốn là ngày làm việc";
    OneWorkingDay "Decree 09/2019/NĐ-CP wants at least one working day after the period" "theo Nghị định 09/2019/NĐ-CP phải có ít nhất một ngày làm việc sau ngày chốt số liệu";
    MonthsInOrder "months must be in order" "các tháng phải theo thứ tự thời gian";
    MonthsBegun "a month that has begun is not recut; the first free one is" "không cắt lại tháng đã bắt đầu; tháng đầu tiên còn đặt được là";
    RelativeOrSpan "relative, or kind with from and to" "chỉ dùng một trong hai: relative, hoặc kind cùng from và to";
    NoSuperior "no unit stands above" "đơn vị không có cấp trên";
    Unanswered "comments without an answer:" "ý kiến góp ý chưa được tiếp thu, giải trình:";
    NoItems "no items" "chưa có nội dung";
    NotBelowUnit "not the unit of the programme nor below it" "không phải đơn vị có chương trình hoặc cấp dưới";
    AfterTheItem "after the item's due date" "sau hạn hoàn thành của nội dung";
    NeverSent "never before a superior" "chưa trình cấp trên lần nào";
    IssuedBefore "issued before" "đã ban hành";
    Superseded "something was said since" "đã có đánh giá mới hơn";
    NotInForceThen "not in force then" "bộ tiêu chí khi đó không có hiệu lực";
    NotJudgedByIt "not a unit of this set" "bộ tiêu chí không áp dụng cho cấp, loại đơn vị này";
    AnotherSet "another set" "thuộc bộ tiêu chí khác";
    // What exists or is in use.
    RecognitionInForce "a recognition in force" "công nhận đang có hiệu lực theo bộ tiêu chí này";
    SentToAll "sent to all of these units" "văn bản đã gửi cho tất cả các đơn vị này";
    DocumentNumber "number in its series" "số văn bản này trong cùng loại, cùng nhiệm kỳ của cơ quan ban hành";
    Code "code" "mã";
    DeclaredDay "declaration of the day" "khai báo cho ngày";
    Deputyship "deputyship on these days" "ủy quyền cho người này trong những ngày đó";
    Username "username" "tên đăng nhập";
    AccountsPerson "person of the account" "người gắn với tài khoản này";
    PostHeld "the post is held:" "chức vụ đang có người giữ:";
    PartOfUnit "a part of this unit" "phần việc của đơn vị này trong đầu việc";
    Reconfirmation "an answer to this document" "ý kiến đối với văn bản này";
    Congress "congress" "đại hội lần thứ";
    CongressOfTerm "congress of the term" "đại hội của nhiệm kỳ này";
    Membership "membership" "hồ sơ đảng viên của người này";
    Congresses "congresses" "số đại hội liên quan:";
    Holdings "holdings" "số chức vụ liên quan:";
    Documents "documents" "số văn bản liên quan:";
    Tasks "tasks" "số đầu việc liên quan:";
    ResolutionItems "resolution_items" "số nội dung nghị quyết liên quan:";
    RegistrationRounds "registration_rounds" "số đợt đăng ký liên quan:";
    Receipts "receipts" "số đơn vị đã được gửi:";
    OrgUnits "org_units" "số đơn vị liên quan:";
    Dissemination "dissemination of this document" "việc quán triệt văn bản này của đơn vị";
    Disseminations "disseminations" "số lượt quán triệt liên quan:";
    Indicators "indicators" "số chỉ tiêu tính theo chỉ tiêu này:";
    IndicatorValues "reported values" "số liệu đã báo cáo:";
    Programmes "programmes" "số chương trình hành động liên quan:";
    ProgrammeItems "items of programmes" "số nội dung chương trình hành động liên quan:";
    ProgrammeVersions "versions kept of the programme:" "số bản của chương trình đã lưu:";
    AnotherProcess "another process uses" "một tiến trình khác đang dùng";
}
