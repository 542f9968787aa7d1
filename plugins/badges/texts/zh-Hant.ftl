name = 徽章
summary = 為累計數量、連續表現、第一次和個人紀錄頒發徽章，可分多個等級，也可附帶點數。

# 依徽章說明計的是什麼；徽章沒有說明時只給數字。
things = { $badge ->
    [five-stars] { $n } 次滿分評價
    [resolver] { $n } 次一次解決
    [calm] { $n } 次高難度服務
    [contacts] { $n } 次服務
    [quality] { $n } 次優良質檢
    [sales] { $n } 筆成交
   *[other] { NUMBER($n, maximumFractionDigits: 1) }
}
goal = { $level ->
    [bronze] 銅級
    [silver] 銀級
    [gold] 金級
    [platinum] 白金級
    [diamond] 鑽石級
   *[none] 這枚徽章
}

# 頒發理由。
count = 累計達到 { things }。
streak = 連續 { things }，一次不漏。
workdays = 連續 { $n } 個工作日。
first = 第一次。這枚徽章永遠屬於你。
record-day = 今天是你至今最好的一天。先前的紀錄：{ things }。
record-value = { NUMBER($value, maximumFractionDigits: 1) }，你至今最好的成績。先前的紀錄是 { NUMBER($n, maximumFractionDigits: 1) }。

# 觸手可及的下一步。
next-count = 再有 { things }，就到{ goal }。
next-streak = 再連續 { things }，就到{ goal }。
next-workdays = 再連續 { $n } 個工作日，就到{ goal }。
next-first = 完成第一次，就能得到{ goal }。
next-record-day = 再有 { things }，今天就是你最好的一天。
all-reached = 所有等級都已達到，這裡沒有什麼需要再證明的了。

badge-five-stars = 顧客之選
badge-five-stars-bronze = 顧客之選·銅
badge-five-stars-silver = 顧客之選·銀
badge-five-stars-gold = 顧客之選·金
badge-five-stars-platinum = 顧客之選·白金
badge-five-stars-diamond = 顧客之選·鑽石
badge-resolver = 一次解決
badge-resolver-bronze = 一次解決·銅
badge-resolver-silver = 一次解決·銀
badge-resolver-gold = 一次解決·金
badge-resolver-platinum = 一次解決·白金
badge-resolver-diamond = 一次解決·鑽石
badge-calm = 臨危不亂
badge-calm-bronze = 臨危不亂·銅
badge-calm-silver = 臨危不亂·銀
badge-calm-gold = 臨危不亂·金
badge-calm-platinum = 臨危不亂·白金
badge-calm-diamond = 臨危不亂·鑽石
badge-contacts = 長跑健將
badge-contacts-bronze = 長跑健將·銅
badge-contacts-silver = 長跑健將·銀
badge-contacts-gold = 長跑健將·金
badge-contacts-platinum = 長跑健將·白金
badge-contacts-diamond = 長跑健將·鑽石
badge-quality = 匠心品質
badge-quality-bronze = 匠心品質·銅
badge-quality-silver = 匠心品質·銀
badge-quality-gold = 匠心品質·金
badge-quality-platinum = 匠心品質·白金
badge-quality-diamond = 匠心品質·鑽石
badge-sales = 銷售好手
badge-sales-bronze = 銷售好手·銅
badge-sales-silver = 銷售好手·銀
badge-sales-gold = 銷售好手·金
badge-sales-platinum = 銷售好手·白金
badge-sales-diamond = 銷售好手·鑽石
badge-steady = 持之以恆
badge-steady-bronze = 持之以恆·銅
badge-steady-silver = 持之以恆·銀
badge-steady-gold = 持之以恆·金
badge-steady-platinum = 持之以恆·白金
badge-steady-diamond = 持之以恆·鑽石
badge-first-step = 第一步
badge-first-step-bronze = 第一步·銅
badge-first-step-silver = 第一步·銀
badge-first-step-gold = 第一步·金
badge-first-step-platinum = 第一步·白金
badge-first-step-diamond = 第一步·鑽石
badge-personal-best = 個人最佳
badge-personal-best-bronze = 個人最佳·銅
badge-personal-best-silver = 個人最佳·銀
badge-personal-best-gold = 個人最佳·金
badge-personal-best-platinum = 個人最佳·白金
badge-personal-best-diamond = 個人最佳·鑽石
badge-extra-mile = 更進一步
badge-extra-mile-bronze = 更進一步·銅
badge-extra-mile-silver = 更進一步·銀
badge-extra-mile-gold = 更進一步·金
badge-extra-mile-platinum = 更進一步·白金
badge-extra-mile-diamond = 更進一步·鑽石

settings-badges = 徽章
    .help = 每枚徽章單獨獲得；客服看到的是離自己最近的一枚。
settings-badges-name = 徽章
    .help = 徽章庫中的哪一枚；每枚只用一次。
settings-badges-kind = 獲得方式
    .count = 達到累計數量
    .streak = 連續的好表現
    .workdays = 連續工作日
    .first = 第一次
    .record-day = 個人紀錄：單日最多
    .record-value = 個人紀錄：最佳單次數值
settings-badges-metric = 指標
settings-badges-at_least = 計入下限
    .help = 事件從這個數值起計入。不填則全部計入，累計時把數值相加。連續表現必須填寫。
settings-badges-after = 熱身
    .help = 僅用於個人紀錄：經過多少天（或多少次）之後才能打破紀錄，免得第二天就成了紀錄。
settings-badges-levels = 等級
    .help = 由低到高。「第一次」的徽章只有一級。
settings-badges-levels-name = 級別
    .help = 徽章有多個等級時必須填寫。
    .bronze = 銅
    .silver = 銀
    .gold = 金
    .platinum = 白金
    .diamond = 鑽石
settings-badges-levels-at = 達到條件
    .help = 累計數量、連續長度，或第幾次紀錄。
settings-badges-levels-points = 隨徽章發放的點數
    .help = 0 表示不發。從激勵預算中支出。
settings-badges-levels-currency = 點數幣別
settings-absence = 缺勤指標
    .help = 有此指標的那一天，連續工作日暫停計算：既不增加也不中斷。
