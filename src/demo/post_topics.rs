//! What the invented parents write about childcare: sentences by topic and mood.
//!
//! They were written for the demo and serve nothing else. The analyses have word lists of their own, and nothing here
//! was taken from those or put into them: a demo that quotes its own examiner would only flatter it.

/// A topic with what people say when content, when annoyed, and when they ask.
pub struct Topic {
    pub glad: &'static [&'static str],
    pub cross: &'static [&'static str],
    pub asking: &'static [&'static str],
    /// How often it comes up, against the others.
    pub weight: f64,
    /// Extra weight at the strongest caution in the epidemic.
    pub epidemic: f64,
    /// Extra weight of cross sentences where childcare is short, 0 for none.
    pub shortage: f64,
}

/// All topics. `{n}` becomes a small number.
pub const TOPICS: [Topic; 12] = [
    Topic {
        glad: &[
            "신청한 지 {n}주 만에 입소 확정 문자를 받았어요",
            "둘째까지 같은 곳에 자리가 나서 한숨 돌렸습니다",
            "순번이 금방 줄어서 봄부터 다니게 됐네요",
        ],
        cross: &[
            "순번이 {n}0번대라 올해는 포기해야 하나 봐요",
            "임신했을 때 신청했는데 아직도 차례가 안 옵니다",
            "세 군데나 걸어 뒀는데 연락 오는 데가 없어요",
            "맞벌이 점수가 있어도 자리가 없다니 너무하네요",
        ],
        asking: &["국공립은 보통 몇 달쯤 기다리나요", "중간에 자리가 나는 시기가 따로 있을까요"],
        weight: 1.5,
        epidemic: 0.0,
        shortage: 2.0,
    },
    Topic {
        glad: &["이번 학기부터 특별활동비가 줄어서 부담이 덜해요", "정부 지원 덕에 생각보다 돈이 적게 드네요"],
        cross: &[
            "입학 준비금에 체험비까지 다달이 나가는 돈이 만만치 않네요",
            "차액이 {n}만 원씩 또 올랐다고 합니다",
            "현장학습 못 갔는데 비용은 그대로 받네요",
        ],
        asking: &["다들 한 달에 추가로 얼마쯤 내시나요", "입학금 돌려받는 방법 아시는 분 계실까요"],
        weight: 0.9,
        epidemic: 0.2,
        shortage: 0.2,
    },
    Topic {
        glad: &["저녁 {n}시까지 봐 주셔서 퇴근길이 한결 편해졌어요", "아침 일찍 맡길 수 있어 출근에 쫓기지 않아요"],
        cross: &[
            "네 시만 되면 데려가라는 눈치를 줍니다",
            "연장반이 있다더니 남는 아이가 우리 애 하나래요",
            "방학이 길어서 연차를 다 썼습니다",
        ],
        asking: &["일곱 시 넘어서까지 맡아 주는 곳 있나요", "연장반 아이들이 몇 명쯤 남는지 궁금합니다"],
        weight: 1.0,
        epidemic: 0.1,
        shortage: 0.6,
    },
    Topic {
        glad: &["병원 가는 날 두세 시간만 맡겼는데 아이가 잘 놀았대요", "시간 단위로 맡길 수 있어서 급할 때 살았어요"],
        cross: &[
            "급하게 몇 시간 맡길 데가 동네에 하나도 없네요",
            "시간제 예약이 열리자마자 꽉 차 버립니다",
            "잠깐 맡기려고 버스로 {n}0분을 갔어요",
        ],
        asking: &["당일에 시간제로 맡아 주는 곳 아시나요", "시간제 예약은 며칠 전에 열리나요"],
        weight: 0.9,
        epidemic: 0.0,
        shortage: 1.2,
    },
    Topic {
        glad: &["문 앞까지 안전하게 인계해 주셔서 마음이 놓여요", "놀이터 바닥을 새로 깔아 넘어져도 덜 다치겠어요"],
        cross: &[
            "아이 팔에 멍이 들었는데 아무도 설명을 안 해 줍니다",
            "등원길에 인도가 없어 차를 피해 다녀요",
            "산책 나갔다가 {n}분이나 아이를 놓쳤다네요",
        ],
        asking: &["다쳤을 때 기록을 보여 달라고 해도 될까요", "하원 인계는 어떻게들 하시나요"],
        weight: 0.8,
        epidemic: 0.0,
        shortage: 0.1,
    },
    Topic {
        glad: &[
            "담임 선생님이 아이 마음을 참 잘 읽어 주세요",
            "선생님이 매일 알림장을 정성껏 써 주셔서 감동이에요",
            "{n}년째 같은 선생님이 계셔서 믿음이 갑니다",
        ],
        cross: &[
            "담임이 일 년에 {n}번이나 바뀌었어요",
            "선생님 목소리가 날카로워 아이가 겁을 먹습니다",
            "물어봐도 퉁명스럽게 대답해서 속상했네요",
        ],
        asking: &["선생님께 드리는 감사 편지는 괜찮겠지요", "담임 바뀌면 적응에 얼마나 걸리나요"],
        weight: 1.2,
        epidemic: 0.0,
        shortage: 0.1,
    },
    Topic {
        glad: &["반찬이 골고루 나오고 국도 싱겁게 해 줘서 좋아요", "알레르기 있는 아이 밥을 따로 챙겨 주십니다"],
        cross: &["간식이 과자뿐이라 집에 오면 배고프다고 울어요", "식단표하고 실제 밥이 다르다는 얘기가 있네요"],
        asking: &["달걀 못 먹는 아이는 어떻게 챙겨 주나요", "식단표를 미리 볼 수 있는 데가 있을까요"],
        weight: 0.7,
        epidemic: 0.0,
        shortage: 0.0,
    },
    Topic {
        glad: &["새로 지은 건물이라 교실이 밝고 공기가 쾌적해요", "마당에 모래밭이 있어서 아이가 신나 합니다"],
        cross: &[
            "지하라 눅눅하고 창문도 제대로 안 열립니다",
            "바깥 놀이터가 없어 종일 실내에만 있대요",
            "화장실이 낡아서 아이가 참다가 와요",
        ],
        asking: &["마당 있는 곳 추천 부탁드려요", "공기청정기를 방마다 두는지 궁금해요"],
        weight: 0.8,
        epidemic: 0.0,
        shortage: 0.2,
    },
    Topic {
        glad: &["집에서 걸어서 {n}분이라 비 오는 날도 거뜬해요", "셔틀이 아파트 앞까지 와서 편하네요"],
        cross: &[
            "언덕을 {n}0분 올라가야 해서 유아차로는 무리예요",
            "가까운 데는 다 차서 버스를 갈아타고 보냅니다",
            "길 건너 단지에는 세 곳인데 우리 쪽은 한 곳도 없어요",
        ],
        asking: &["걸어서 다닐 만한 어린이집이 어디 있을까요", "셔틀 운행하는 곳 있으면 알려 주세요"],
        weight: 0.9,
        epidemic: 0.0,
        shortage: 1.0,
    },
    Topic {
        glad: &["하루 {n}번 소독하고 열도 꼼꼼히 재 줘서 안심돼요", "긴급돌봄을 친절하게 받아 주셔서 버텼습니다"],
        cross: &[
            "휴원이 또 {n}주 늘어나서 회사에 뭐라 할지 막막합니다",
            "확진자가 다녀갔다는데 안내 문자가 너무 늦었어요",
            "긴급돌봄 보내는 엄마만 눈치 보는 분위기네요",
        ],
        asking: &["휴원이 언제까지인지 들으신 분 계세요", "긴급돌봄 서류는 뭘 내야 하나요"],
        weight: 0.0,
        epidemic: 4.0,
        shortage: 0.0,
    },
    Topic {
        glad: &["숲 체험을 다녀오더니 나무 이름을 줄줄 외워요", "체육 시간이 늘어서 밤에 푹 잡니다"],
        cross: &["하루 종일 영상만 틀어 준다는 말에 화가 났어요", "영어 특강을 안 들으면 혼자 남아 있대요"],
        asking: &["한글은 몇 살부터 가르치는지요", "만 {n}세 활동 시간표가 궁금합니다"],
        weight: 0.7,
        epidemic: 0.0,
        shortage: 0.0,
    },
    Topic {
        glad: &[
            "구에서 육아 물품을 빌려줘서 알차게 썼어요",
            "공동육아방이 새로 열려 주말마다 갑니다",
            "우리 동에 국공립이 하나 더 생긴다니 반가워요",
        ],
        cross: &[
            "지원 대상이라더니 서류만 {n}번 다시 냈습니다",
            "아동수당 신청 창구가 오후엔 닫혀 있네요",
            "아이는 느는데 있던 어린이집마저 문을 닫는답니다",
        ],
        asking: &["공동육아방 예약은 어디서 하나요", "둘째 출산 지원금 기준 아시는 분"],
        weight: 0.9,
        epidemic: 0.3,
        shortage: 0.6,
    },
];
