name = 鼓勵
summary = 在恰當的時刻表達感謝、祝賀或鼓勵，不頻繁打擾，夜裡不打擾。

top-rating-1 = 剛有顧客給了你最高評價。感謝你的用心。
top-rating-2 = 有人滿意地結束了這次對話，還特地說了出來。謝謝你。
top-rating-3 = 顧客評價 { $n } 分，不能再好了。謝謝你。
top-rating-4 = 你讓一個人的今天輕鬆了一些。對方感受到了，我們也看到了。

quality-1 = 質檢得分 { $n }，看得出你的細心。
quality-2 = 你的質檢結果是 { $n }，每一分用心都看得見。
quality-3 = 聽過這次服務的人都聽得出你的功力：{ $n } 分。
quality-4 = 質檢 { $n } 分，做得好。

nth-today-1 = 今天的第 { $n } 次。謝謝你一直堅持。
nth-today-2 = 今天已經 { $n } 次了。伸展一下，喝杯水，謝謝你。
nth-today-3 = 今天第 { $n } 次完成，積少成多，每次都算數。
nth-today-4 = 今天到 { $n } 次了。謝謝你在數字背後的付出。

personal-best-1 = 這是你至今最好的一天：已經超過 { $n }。
personal-best-2 = 你原來的紀錄 { $n } 已成歷史，做得好。
personal-best-3 = 你還不曾有過這樣的一天：已超過 { $n }，而今天還沒結束。
personal-best-4 = 新的個人紀錄。先前的紀錄是 { $n }。

streak = 連續 { $n } 次好成績
comeback-1 = 前幾次不容易，你扭轉了過來：{ streak }。
comeback-2 = 低谷之後{ streak }，這需要韌性。
comeback-3 = 低谷總會過去。你的剛剛過去了，靠的是你自己。
comeback-4 = 不容易的時候你沒有停下，現在看到成效了，真好。

hard-contact-1 = 剛才那次不容易。謝謝你堅持到最後。
hard-contact-2 = 棘手的對話很耗精力。你處理好了，現在歇一口氣。
hard-contact-3 = 謝謝你在困難的時候保持冷靜。
hard-contact-4 = 這次服務要求很高，你做到了。謝謝你。

years = { $n } 年
anniversary-1 = 今天是你和我們在一起的 { years }紀念日。感謝有你。
anniversary-2 = { years }前的今天你加入了我們，我們為此高興。
anniversary-3 = 到今天，我們已同行 { years }。期待下一年。
anniversary-4 = 到職紀念日快樂：{ years }，每一天我們都看在眼裡。

settings-top_rating = 顧客的最高評價
settings-top_rating-on = 啟用
settings-top_rating-metric = 指標
settings-top_rating-at_least = 起點
settings-quality = 優良的質檢
settings-quality-on = 啟用
settings-quality-metric = 指標
settings-quality-at_least = 起點
settings-nth_today = 今天第幾次
settings-nth_today-on = 啟用
settings-nth_today-metric = 指標
settings-nth_today-at = 次數
    .help = 當地一天內的次數，由小到大。
settings-personal_best = 個人最佳
    .help = 單日數量超過以往任何一天。
settings-personal_best-on = 啟用
settings-personal_best-metric = 指標
settings-personal_best-after = 熱身
    .help = 至少有一次的天數達到多少之後，才能打破紀錄。
settings-comeback = 重回狀態
    .help = 低谷之後重新取得好成績。
settings-comeback-on = 啟用
settings-comeback-metric = 指標
settings-comeback-last = 低谷看最近
settings-comeback-below = 平均值低於此為低谷
settings-comeback-good = 重回狀態需要
    .help = 連續多少次好成績。
settings-comeback-at_least = 好成績起點
settings-hard_contact = 完成一次高難度服務
settings-hard_contact-on = 啟用
settings-hard_contact-metric = 指標
settings-anniversary = 到職紀念日
    .help = 當地時間 09:00；2 月 29 日到職的，其他年份在 28 日慶祝。
settings-anniversary-on = 啟用
settings-cooldown_minutes = 訊息間隔
    .help = 同一個人收到一則訊息後，這段時間內不再收到，紀念日除外。
settings-no_repeat = 文字不重複
    .help = 同一個人最近這麼多則訊息裡不出現相同文字。每個場合有四種說法：從 4 起，可能一種也不剩，那時就不說。
settings-quiet = 安靜時段
settings-quiet-on = 啟用
settings-quiet-from = 開始
    .help = 例如 20:00；可以跨過午夜。
settings-quiet-to = 結束
settings-quiet-defer = 稍後再說
    .help = 安靜時段最後兩小時內的訊息在結束時傳送；若有多則，只傳最重要的一則。其餘的不傳。
